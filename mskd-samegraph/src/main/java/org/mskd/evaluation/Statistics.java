package org.mskd.evaluation;

import java.util.OptionalDouble;

/** Mean, standard deviation and percentile. */
public final class Statistics {
  private Statistics() {}

  /** The arithmetic mean; empty for no values. */
  public static OptionalDouble mean(double... values) {
    if (values.length == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return OptionalDouble.of(sum / values.length);
  }

  /** The sample standard deviation (divided by n - 1); empty for fewer than two values. */
  public static OptionalDouble standardDeviation(double... values) {
    if (values.length < 2) {
      return OptionalDouble.empty();
    }
    double mean = mean(values).getAsDouble();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return OptionalDouble.of(Math.sqrt(squares / (values.length - 1)));
  }

  /**
   * The percentile at rank {@code percent/100 (n - 1)}, counted from 0, interpolated linearly
   * between neighbours (Hyndman and Fan's type 7).
   *
   * @param sorted at least one value, ascending
   * @param percent 0 to 100
   */
  public static double percentile(double[] sorted, double percent) {
    double rank = percent / 100 * (sorted.length - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }
}
