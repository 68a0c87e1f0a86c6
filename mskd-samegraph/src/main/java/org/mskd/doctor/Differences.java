package org.mskd.doctor;

import java.util.Locale;

/** The difference between the backend and plain Java, relative to the largest value. */
final class Differences {
  /** Between values of one precision; wrong operations are off by far more. */
  private static final double TOLERANCE = 1e-3;

  /** For the finite difference of a function in double precision. */
  private static final double STEP = 1e-5;

  private Differences() {}

  /** A scalar function of many values. */
  @FunctionalInterface
  interface Loss {
    double of(double[] values);
  }

  /** The largest difference, relative to the largest expected value; NaN where one is NaN. */
  static double largest(float[] values, double[] expected) {
    if (values.length != expected.length) {
      return Double.NaN;
    }
    double worst = 0;
    double scale = 1e-30;
    for (int i = 0; i < values.length; i++) {
      double difference = Math.abs(values[i] - expected[i]);
      worst = Double.isNaN(difference) ? Double.NaN : Math.max(worst, difference);
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    return worst / scale;
  }

  /** The derivative by each value, by central differences. */
  static double[] gradient(Loss loss, double[] at) {
    double[] gradient = new double[at.length];
    double[] moved = at.clone();
    for (int i = 0; i < at.length; i++) {
      moved[i] = at[i] + STEP;
      double ahead = loss.of(moved);
      moved[i] = at[i] - STEP;
      gradient[i] = (ahead - loss.of(moved)) / (2 * STEP);
      moved[i] = at[i];
    }
    return gradient;
  }

  /** Compares both with their tolerances. */
  static Finding finding(String check, double forward, double backward) {
    return new Finding(
        check,
        forward < TOLERANCE && backward < TOLERANCE,
        String.format(
            Locale.ROOT,
            "%.1e from plain Java, its gradient %.1e from the slope",
            forward,
            backward));
  }
}
