package org.mskd.report.chart;

import java.util.List;

/**
 * Colours of a chart. A picture cannot know the colours of its page without style rules, which CI
 * servers forbid, so each chart is written once per theme.
 *
 * @param name part of the file's name
 * @param ink of text and lines
 * @param faint of grid lines
 * @param box of boxes
 * @param series of curves, in order
 */
public record ChartTheme(String name, String ink, String faint, String box, List<String> series) {
  public static final ChartTheme LIGHT =
      new ChartTheme(
          "light",
          "#1f2933",
          "#d5dbe1",
          "#9cc3e6",
          List.of("#0b5cad", "#c2410c", "#047857", "#7c3aed", "#b4232a", "#0e7490", "#854d0e"));

  public static final ChartTheme DARK =
      new ChartTheme(
          "dark",
          "#e6e9ed",
          "#3a434d",
          "#2f5f8f",
          List.of("#7ab8f5", "#fb923c", "#34d399", "#c4b5fd", "#f87171", "#67e8f9", "#facc15"));

  public static final List<ChartTheme> ALL = List.of(LIGHT, DARK);

  /** The colour of the n-th curve, from 0; colours repeat. */
  String series(int n) {
    return series.get(n % series.size());
  }
}
