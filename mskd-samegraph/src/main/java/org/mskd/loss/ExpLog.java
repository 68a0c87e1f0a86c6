package org.mskd.loss;

/**
 * Exponential and logarithm of the losses, which need a dozen of them per pixel: short enough to be
 * inlined and vectorised in a loop, and accurate to a few units in the last place. Both take the
 * nearest of some tabulated arguments and a polynomial for the rest.
 */
final class ExpLog {
  /** Tabulated arguments of the exponential from one doubling to the next. */
  private static final int STEP_BITS = 6;

  private static final int STEPS = 1 << STEP_BITS;

  private static final double[] POWERS = new double[STEPS];
  private static final double STEPS_PER_UNIT = STEPS / Math.log(2);

  /** ln 2 / 64 in two parts; multiples of the first up to 2^20 are exact. */
  private static final double STEP = 0x1.62e42feep-7;

  private static final double STEP_REST = 0x1.a39ef35793c76p-39;

  /** Added to a small number it leaves the nearest integer in the lowest bits. */
  private static final double TO_INTEGER = 0x1.8p52;

  /** Below it the exponential is 0. */
  private static final double LEAST = -746;

  /** Results are made 2^54 times too large, so that those below the normal numbers round once. */
  private static final int LIFT = 54;

  /** Bits of 0.6875: mantissas of the logarithm lie from there up to twice as much. */
  private static final long LOWEST = 0x3fe6000000000000L;

  private static final double LN_2 = 0x1.62e42fefa39efp-1;
  private static final int INDEX_BITS = 7;
  private static final int BELOW_INDEX = 52 - INDEX_BITS;

  /** 1/m for tabulated mantissas m, to so few bits that products with half a double are exact. */
  private static final double[] RECIPROCALS = new double[1 << INDEX_BITS];

  private static final double[] LOGARITHMS = new double[RECIPROCALS.length];
  private static final long TWENTY_BITS = -1L << 33;
  private static final long THIRTY_TWO_BITS = -1L << 21;

  static {
    for (int i = 0; i < STEPS; i++) {
      POWERS[i] = StrictMath.pow(2, (double) i / STEPS);
    }
    for (int i = 0; i < RECIPROCALS.length; i++) {
      double mantissa = Double.longBitsToDouble(LOWEST + ((long) i << BELOW_INDEX));
      long bits = Double.doubleToRawLongBits(1 / mantissa) + (1L << 32);
      RECIPROCALS[i] = Double.longBitsToDouble(bits & TWENTY_BITS);
      LOGARITHMS[i] = -StrictMath.log(RECIPROCALS[i]);
    }
  }

  private ExpLog() {}

  /**
   * e^x.
   *
   * @param x at most 600; -Infinity gives 0, NaN gives NaN
   */
  static double exp(double x) {
    double bounded = x < LEAST ? LEAST : x;
    double shifted = bounded * STEPS_PER_UNIT + TO_INTEGER;
    int steps = (int) Double.doubleToRawLongBits(shifted);
    double whole = shifted - TO_INTEGER;
    double r = (bounded - whole * STEP) - whole * STEP_REST;
    double power = POWERS[steps & (STEPS - 1)];
    double rest = r + r * r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120))));
    double scale = Double.longBitsToDouble((long) ((steps >> STEP_BITS) + 1023 + LIFT) << 52);
    return (power + power * rest) * scale * 0x1p-54;
  }

  /**
   * The natural logarithm.
   *
   * @param x 0 gives -Infinity, a negative number or NaN gives NaN
   */
  static double log(double x) {
    if (!(x >= Double.MIN_NORMAL && x < Double.POSITIVE_INFINITY)) {
      return Math.log(x);
    }
    long bits = Double.doubleToRawLongBits(x);
    // Rounded to the nearest tabulated mantissa; 1 is one of them.
    long place = bits + (1L << (BELOW_INDEX - 1)) - LOWEST;
    int exponent = (int) (place >> 52);
    int i = (int) (place >>> BELOW_INDEX) & (RECIPROCALS.length - 1);
    long mantissa = bits - ((long) exponent << 52);
    double high = Double.longBitsToDouble(mantissa & THIRTY_TWO_BITS);
    double low = Double.longBitsToDouble(mantissa) - high;
    double r = (high * RECIPROCALS[i] - 1) + low * RECIPROCALS[i];
    double tail = 1.0 / 3 + r * (-1.0 / 4 + r * (1.0 / 5 + r * (-1.0 / 6 + r * (1.0 / 7))));
    return exponent * LN_2 + LOGARITHMS[i] + (r + r * r * (-1.0 / 2 + r * tail));
  }

  /**
   * {@link #exp(double)} of many: the larger part of the work in loops that are vectorised.
   *
   * @param values the first {@code count} are replaced
   * @param scratch of at least that length
   */
  static void exp(double[] values, int count, double[] scratch) {
    for (int i = 0; i < count; i++) {
      double bounded = Math.max(values[i], LEAST);
      double shifted = bounded * STEPS_PER_UNIT + TO_INTEGER;
      double whole = shifted - TO_INTEGER;
      double r = (bounded - whole * STEP) - whole * STEP_REST;
      scratch[i] = shifted;
      values[i] = r + r * r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120))));
    }
    for (int i = 0; i < count; i++) {
      int steps = (int) Double.doubleToRawLongBits(scratch[i]);
      double power = POWERS[steps & (STEPS - 1)];
      double scale = Double.longBitsToDouble((long) ((steps >> STEP_BITS) + 1023 + LIFT) << 52);
      values[i] = (power + power * values[i]) * scale * 0x1p-54;
    }
  }

  /**
   * {@link #log(double)} of many positive, finite, normal numbers.
   *
   * @param values the first {@code count} are replaced
   * @param scratch of at least that length
   */
  static void log(double[] values, int count, double[] scratch) {
    for (int n = 0; n < count; n++) {
      long bits = Double.doubleToRawLongBits(values[n]);
      long place = bits + (1L << (BELOW_INDEX - 1)) - LOWEST;
      int exponent = (int) (place >> 52);
      int i = (int) (place >>> BELOW_INDEX) & (RECIPROCALS.length - 1);
      long mantissa = bits - ((long) exponent << 52);
      double high = Double.longBitsToDouble(mantissa & THIRTY_TWO_BITS);
      double low = Double.longBitsToDouble(mantissa) - high;
      values[n] = (high * RECIPROCALS[i] - 1) + low * RECIPROCALS[i];
      scratch[n] = exponent * LN_2 + LOGARITHMS[i];
    }
    for (int n = 0; n < count; n++) {
      double r = values[n];
      double tail = 1.0 / 3 + r * (-1.0 / 4 + r * (1.0 / 5 + r * (-1.0 / 6 + r * (1.0 / 7))));
      values[n] = scratch[n] + (r + r * r * (-1.0 / 2 + r * tail));
    }
  }
}
