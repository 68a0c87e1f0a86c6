package org.mskd.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear or logarithmic axis.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}
 * @param from position of the low end, pixels
 * @param to position of the high end, pixels
 * @param logarithmic whether equal factors are equal distances
 */
record Axis(double low, double high, double from, double to, boolean logarithmic) {
  private static final int TICKS = 5;

  /** An axis that holds all values; logarithmic if all are positive and span a factor of 20. */
  static Axis of(double smallest, double largest, double from, double to) {
    if (smallest > 0 && largest / smallest > 20) {
      return new Axis(smallest, largest, from, to, true);
    }
    // Means of equal numbers may differ in the last bit.
    boolean constant = largest - smallest <= 1e-9 * Math.abs(largest);
    double margin = !constant ? 0 : largest == 0 ? 1 : Math.abs(largest) / 10;
    return new Axis(smallest - margin, largest + margin, from, to, false);
  }

  /** The position of a value, pixels. */
  double at(double value) {
    double part =
        logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return from + part * (to - from);
  }

  /** Round values between the ends: multiples of 1, 2 or 5 times a power of ten, or powers. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (logarithmic) {
      int[] factors = high / low < 1000 ? new int[] {1, 2, 5} : new int[] {1};
      for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
        for (int factor : factors) {
          double tick = factor * Math.pow(10, power);
          if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
            ticks.add(tick);
          }
        }
      }
      return ticks;
    }
    double step = step((high - low) / TICKS);
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= least * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** A value as text, with up to three digits: {@code 0.2}, {@code 1500}, {@code 2.8e-4}. */
  static String text(double value) {
    double size = Math.abs(value);
    if (size < 1e-12) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value, new MathContext(3)).stripTrailingZeros();
    if (size >= 1e-3 && size < 1e6) {
      return rounded.toPlainString();
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString()
        + "e"
        + exponent;
  }
}
