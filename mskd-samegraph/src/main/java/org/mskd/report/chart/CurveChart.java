package org.mskd.report.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Curves over the iterations of a training, in panels below each other with one common axis. */
public final class CurveChart {
  private static final double WIDTH = 640;
  private static final double LEFT = 64;
  private static final double RIGHT = 14;
  private static final double TITLE = 22;
  private static final double PANEL = 150;
  private static final double LEGEND = 16;
  private static final double GAP = 26;
  private static final double LETTER = 6.6;

  private final String title;
  private final List<Integer> iterations;
  private final List<Panel> panels = new ArrayList<>();

  private record Panel(String title, Map<String, List<Double>> curves) {}

  /**
   * @param iterations of each point, ascending
   */
  public CurveChart(String title, List<Integer> iterations) {
    this.title = title;
    this.iterations = List.copyOf(iterations);
  }

  /** Adds a panel with curves by name, each with a value per iteration. */
  public void add(String panel, Map<String, List<Double>> curves) {
    panels.add(new Panel(panel, new LinkedHashMap<>(curves)));
  }

  /** The file. */
  public String svg(ChartTheme theme) {
    double height = GAP;
    for (Panel panel : panels) {
      height += heightOf(panel);
    }
    Svg svg = new Svg(WIDTH, height, title, theme);
    double top = 0;
    for (Panel panel : panels) {
      draw(svg, panel, top, theme);
      top += heightOf(panel);
    }
    return svg.end();
  }

  private static double heightOf(Panel panel) {
    return TITLE + PANEL + GAP + LEGEND * legend(panel).size();
  }

  /** The names of the curves in lines that fit; none for a single curve. */
  private static List<List<String>> legend(Panel panel) {
    List<List<String>> lines = new ArrayList<>();
    if (panel.curves().size() < 2) {
      return lines;
    }
    double left = 0;
    for (String name : panel.curves().keySet()) {
      double width = widthOf(name);
      if (lines.isEmpty() || left + width > WIDTH - LEFT - RIGHT) {
        lines.add(new ArrayList<>());
        left = 0;
      }
      lines.get(lines.size() - 1).add(name);
      left += width;
    }
    return lines;
  }

  private static double widthOf(String name) {
    return 26 + LETTER * name.length();
  }

  private void draw(Svg svg, Panel panel, double top, ChartTheme theme) {
    svg.label(LEFT, top + 15, Svg.Anchor.START, panel.title());
    double upper = top + TITLE;
    double lower = upper + PANEL;
    Axis x = new Axis(0, Math.max(1, last()), LEFT, WIDTH - RIGHT, false);
    Axis y = axis(panel, lower, upper);
    for (double tick : y.ticks()) {
      svg.grid(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick));
      svg.label(LEFT - 6, y.at(tick) + 4, Svg.Anchor.END, Axis.text(tick));
    }
    for (double tick : x.ticks()) {
      svg.label(x.at(tick), lower + 16, Svg.Anchor.MIDDLE, Axis.text(tick));
    }
    svg.line(LEFT, lower, WIDTH - RIGHT, lower, theme.ink(), 1);
    int n = 0;
    for (List<Double> values : panel.curves().values()) {
      svg.curve(points(values, x, y), theme.series(n++));
    }
    legend(svg, panel, lower + GAP + 4, theme);
  }

  private int last() {
    return iterations.isEmpty() ? 1 : iterations.get(iterations.size() - 1);
  }

  private static Axis axis(Panel panel, double lower, double upper) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (List<Double> values : panel.curves().values()) {
      for (double value : values) {
        if (Double.isFinite(value)) {
          smallest = Math.min(smallest, value);
          largest = Math.max(largest, value);
        }
      }
    }
    return smallest > largest
        ? new Axis(0, 1, lower, upper, false)
        : Axis.of(smallest, largest, lower, upper);
  }

  private String points(List<Double> values, Axis x, Axis y) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      if (Double.isFinite(values.get(i))) {
        points
            .append(points.isEmpty() ? "" : " ")
            .append(Svg.number(x.at(iterations.get(i))))
            .append(',')
            .append(Svg.number(y.at(values.get(i))));
      }
    }
    return points.toString();
  }

  private static void legend(Svg svg, Panel panel, double top, ChartTheme theme) {
    int n = 0;
    double y = top;
    for (List<String> line : legend(panel)) {
      double x = LEFT;
      for (String name : line) {
        svg.line(x, y + 4, x + 14, y + 4, theme.series(n++), 3);
        svg.label(x + 18, y + 8, Svg.Anchor.START, name);
        x += widthOf(name);
      }
      y += LEGEND;
    }
  }
}
