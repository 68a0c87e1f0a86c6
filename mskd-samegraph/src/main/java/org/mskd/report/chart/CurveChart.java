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
  private static final double GAP = 26;

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
    return TITLE + PANEL + GAP + legend(panel).height();
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
      String colour = theme.series(n++);
      points(values, x, y).forEach(line -> svg.curve(line, colour));
    }
    legend(panel).draw(svg, LEFT, lower + GAP + 4, theme);
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

  /** A line for each run of points without NaN or infinite values. */
  private List<String> points(List<Double> values, Axis x, Axis y) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i <= values.size(); i++) {
      if (i < values.size() && Double.isFinite(values.get(i))) {
        line.append(line.isEmpty() ? "" : " ")
            .append(Svg.number(x.at(iterations.get(i))))
            .append(',')
            .append(Svg.number(y.at(values.get(i))));
      } else if (!line.isEmpty()) {
        lines.add(line.toString());
        line.setLength(0);
      }
    }
    return lines;
  }

  private static Legend legend(Panel panel) {
    return new Legend(List.copyOf(panel.curves().keySet()), WIDTH - LEFT - RIGHT);
  }
}
