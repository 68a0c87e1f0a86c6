package org.mskd.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * The scores of an organ: a row per model with a box from the first to the third quartile, a line
 * at the median, whiskers to the smallest and largest value, and a dot per case.
 */
public final class BoxPlot {
  private static final double WIDTH = 460;
  private static final double LEFT = 130;
  private static final double RIGHT = 14;
  private static final double TOP = 8;
  private static final double ROW = 26;
  private static final double BOX = 14;
  private static final double BOTTOM = 26;
  private static final int LONGEST_NAME = 18;

  private final String title;
  private final List<Row> rows = new ArrayList<>();

  private record Row(String name, double[] values) {}

  /**
   * @param title what is shown, such as {@code Dice of the liver}
   */
  public BoxPlot(String title) {
    this.title = title;
  }

  /** Adds a model; its values are between 0 and 1. */
  public void add(String name, double... values) {
    rows.add(new Row(name, values.clone()));
  }

  /** The file. */
  public String svg(ChartTheme theme) {
    double bottom = TOP + rows.size() * ROW;
    Svg svg = new Svg(WIDTH, bottom + BOTTOM, title, theme);
    Axis axis = new Axis(0, 1, LEFT, WIDTH - RIGHT, false);
    for (double tick : axis.ticks()) {
      svg.grid(axis.at(tick), TOP, axis.at(tick), bottom);
      svg.label(axis.at(tick), bottom + 17, Svg.Anchor.MIDDLE, Axis.text(tick));
    }
    for (int i = 0; i < rows.size(); i++) {
      draw(svg, axis, rows.get(i), TOP + (i + 0.5) * ROW, theme);
    }
    return svg.end();
  }

  private static void draw(Svg svg, Axis axis, Row row, double y, ChartTheme theme) {
    svg.label(LEFT - 8, y + 4, Svg.Anchor.END, shortened(row.name()));
    if (row.values().length == 0) {
      return;
    }
    Quartiles quartiles = Quartiles.of(row.values());
    svg.line(axis.at(quartiles.low()), y, axis.at(quartiles.high()), y, theme.ink(), 1);
    double left = axis.at(quartiles.q1());
    svg.box(left, y - BOX / 2, Math.max(1, axis.at(quartiles.q3()) - left), BOX);
    double median = axis.at(quartiles.median());
    svg.line(median, y - BOX / 2, median, y + BOX / 2, theme.ink(), 2);
    for (double value : row.values()) {
      svg.dot(axis.at(value), y, 2.5);
    }
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }
}
