package org.mskd.report.chart;

import java.util.Arrays;

/**
 * The five numbers of a box plot.
 *
 * @param low the smallest value
 * @param q1 the first quartile, interpolated linearly between ranks
 * @param median the second quartile
 * @param q3 the third quartile
 * @param high the largest value
 */
public record Quartiles(double low, double q1, double median, double q3, double high) {
  /**
   * @param values at least one
   */
  public static Quartiles of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Quartiles(
        sorted[0], at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75), sorted[sorted.length - 1]);
  }

  private static double at(double[] sorted, double part) {
    double rank = part * (sorted.length - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }
}
