package org.mskd.dataset.intensity;

import org.mskd.random.SplitMix64;

/**
 * Independent normal noise in every pixel, by the method of Box and Muller (1958).
 *
 * <p>Radii and angles are uniform over {@value #STEPS} tabulated values each, so that a pixel costs
 * two look-ups and no logarithm. The largest radius is 4.85 standard deviations. The tables are
 * computed with {@link StrictMath}, so that they are equal on every machine.
 */
public final class GaussianNoise {
  private static final int STEPS = 1 << 16;
  private static final int MASK = STEPS - 1;

  /** A quarter turn, as a cosine shifted by it is a sine. */
  private static final int QUARTER = STEPS / 4;

  private static final float[] RADII = new float[STEPS];
  private static final float[] COSINES = new float[STEPS];

  static {
    for (int i = 0; i < STEPS; i++) {
      double middle = (i + 0.5) / STEPS;
      RADII[i] = (float) StrictMath.sqrt(-2 * StrictMath.log(middle));
      COSINES[i] = (float) StrictMath.cos(2 * Math.PI * middle);
    }
  }

  private GaussianNoise() {}

  /**
   * Adds noise, then clamps.
   *
   * @param image values in [-1, 1]; any number of them
   * @param deviation standard deviation on the same scale, at least 0
   * @param random advances by one number for each four pixels, rounded up
   */
  public static void add(float[] image, double deviation, SplitMix64 random) {
    float scale = (float) deviation;
    long bits = 0;
    for (int i = 0; i < image.length; i += 2) {
      // 16 bits for each of a radius and an angle, which give the noise of two pixels.
      bits = (i & 3) == 0 ? random.nextLong() : bits >>> Integer.SIZE;
      float radius = scale * RADII[(int) bits & MASK];
      int angle = (int) (bits >>> Short.SIZE) & MASK;
      image[i] = clamped(image[i] + radius * COSINES[angle]);
      if (i + 1 < image.length) {
        image[i + 1] = clamped(image[i + 1] + radius * COSINES[(angle - QUARTER) & MASK]);
      }
    }
  }

  private static float clamped(float value) {
    return Math.max(-1, Math.min(1, value));
  }
}
