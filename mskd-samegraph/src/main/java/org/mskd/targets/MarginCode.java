package org.mskd.targets;

/**
 * Margins as 16-bit integers n. Up to &plusmn;{@value #LINEAR} they have steps of 1/1024: n is (n +
 * 1/2) / 1024. Beyond, up to &plusmn;{@value #LARGEST}, the remaining 1024 codes of each sign have
 * steps of a constant ratio, 0.45 %. Larger margins are clamped.
 *
 * <p>A stored margin keeps its sign, a tie counting as negative, so that masks stay the same to the
 * pixel. At every temperature from 0.25 to 100, a probability computed from a stored margin differs
 * from the exact one by at most 5.1e-4: below {@value #LINEAR} by 1 / (8192 T), and beyond by 0.45
 * % / 2 of the largest value of x p'(x), 0.224, where p is the logistic function and x the margin
 * over T. The clamped margins are 32 and more times the temperature, where a probability differs
 * from 0 or 1 by 1e-14.
 */
final class MarginCode {
  /** The largest margin in steps of 1/1024. */
  static final int LINEAR = 31;

  /** 32 times the largest temperature. */
  static final int LARGEST = 3200;

  private static final int STEPS = 1024;
  private static final int FIRST = LINEAR * STEPS;
  private static final int RATIOS = -Short.MIN_VALUE - FIRST;
  private static final double LOG_RATIO = StrictMath.log((double) LARGEST / LINEAR) / RATIOS;

  /** The middle of each range of a constant ratio. */
  private static final float[] MIDDLES = middles();

  private MarginCode() {}

  private static float[] middles() {
    float[] middles = new float[RATIOS];
    for (int i = 0; i < middles.length; i++) {
      middles[i] = (float) (LINEAR * StrictMath.exp((i + 0.5) * LOG_RATIO));
    }
    return middles;
  }

  /** The code of a margin, which is not NaN. */
  static short encode(float margin) {
    // A margin on the boundary of two steps gets the lower one: 0 is background.
    double step = Math.ceil((double) margin * STEPS) - 1;
    if (step >= -FIRST && step < FIRST) {
      return (short) step;
    }
    // StrictMath, as equal outputs give equal bytes on every machine.
    double ratio = StrictMath.log(Math.abs((double) margin) / LINEAR) / LOG_RATIO;
    int range = (int) Math.max(0, Math.min(RATIOS - 1, Math.floor(ratio)));
    return (short) (margin > 0 ? FIRST + range : -FIRST - 1 - range);
  }

  /** The margin of a code. */
  static float decode(short code) {
    if (code >= -FIRST && code < FIRST) {
      return (code + 0.5f) / STEPS;
    }
    return code > 0 ? MIDDLES[code - FIRST] : -MIDDLES[-FIRST - 1 - code];
  }
}
