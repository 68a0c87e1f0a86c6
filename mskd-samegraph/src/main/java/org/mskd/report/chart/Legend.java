package org.mskd.report.chart;

import java.util.ArrayList;
import java.util.List;

/** Names of curves with their colours, in lines that fit; nothing for a single curve. */
final class Legend {
  private static final double LINE = 16;
  private static final double LETTER = 6.6;
  private static final double MARK = 26;

  private final List<List<String>> lines = new ArrayList<>();

  /**
   * @param width of a line, pixels
   */
  Legend(List<String> names, double width) {
    double left = 0;
    for (String name : names.size() < 2 ? List.<String>of() : names) {
      if (lines.isEmpty() || left + widthOf(name) > width) {
        lines.add(new ArrayList<>());
        left = 0;
      }
      lines.get(lines.size() - 1).add(name);
      left += widthOf(name);
    }
  }

  private static double widthOf(String name) {
    return MARK + LETTER * name.length();
  }

  /** The height of all lines, pixels. */
  double height() {
    return LINE * lines.size();
  }

  void draw(Svg svg, double left, double top, ChartTheme theme) {
    int n = 0;
    double y = top;
    for (List<String> line : lines) {
      double x = left;
      for (String name : line) {
        svg.line(x, y + 4, x + 14, y + 4, theme.series(n++), 3);
        svg.label(x + 18, y + 8, Svg.Anchor.START, name);
        x += widthOf(name);
      }
      y += LINE;
    }
  }
}
