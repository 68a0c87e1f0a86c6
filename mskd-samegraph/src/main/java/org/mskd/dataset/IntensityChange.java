package org.mskd.dataset;

import org.mskd.dataset.intensity.ChannelPlanes;
import org.mskd.dataset.intensity.GammaCurve;
import org.mskd.dataset.intensity.SmoothingFilter;
import org.mskd.random.SplitMix64;

/**
 * The change that a {@link StrongAugmentation} makes to one slice, on the [-1, 1] scale:
 *
 * <pre>
 * y = 2 ((clamp(gain x + offset) + 1) / 2)^gamma - 1
 * </pre>
 *
 * then a binomial filter or noise.
 *
 * @param gain contrast about the window's centre
 * @param offset brightness
 * @param gamma exponent of intensities on the [0, 1] scale
 * @param blurs whether the slice is blurred; else noise is added
 * @param deviation standard deviation of the noise
 */
record IntensityChange(double gain, double offset, double gamma, boolean blurs, double deviation) {
  /** The gain is uniform from 1 less this to 1 plus this. */
  static final double GAIN = 0.4;

  /** The largest offset; 0.3 is 60 HU in the default window. */
  static final double OFFSET = 0.3;

  /** The largest gamma; the smallest is its inverse. */
  static final double GAMMA = 1.5;

  /** The largest deviation. */
  static final double NOISE = 0.1;

  static IntensityChange sample(SplitMix64 random) {
    return new IntensityChange(
        random.uniform(1 - GAIN, 1 + GAIN),
        random.uniform(-OFFSET, OFFSET),
        StrictMath.pow(GAMMA, random.uniform(-1, 1)),
        random.nextDouble() < 0.5,
        random.uniform(0, NOISE));
  }

  /**
   * Changes a slice.
   *
   * @param image {@code [size][size][channels]} flattened, values in [-1, 1]
   * @param random of the noise
   * @return another array, in [-1, 1] too
   */
  float[] apply(float[] image, int size, SplitMix64 random) {
    GammaCurve curve = GammaCurve.ofWindow(gamma);
    float[] changed = new float[image.length];
    double last = Double.NaN;
    float power = 0;
    for (int i = 0; i < image.length; i++) {
      double bright = clamped(gain * image[i] + offset);
      if (bright != last) { // air and saturated tissue are long runs of one value
        last = bright;
        power = (float) curve.at(bright);
      }
      changed[i] = power;
    }
    if (blurs) {
      float[] scratch = new float[size * size];
      ChannelPlanes.forEach(
          changed, size, plane -> SmoothingFilter.binomial().apply(plane, size, scratch));
      return changed;
    }
    for (int i = 0; i < changed.length; i++) {
      changed[i] = (float) clamped(changed[i] + deviation * random.nextGaussian());
    }
    return changed;
  }

  private static double clamped(double value) {
    return Math.max(-1, Math.min(1, value));
  }
}
