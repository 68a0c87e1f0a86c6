package org.mskd.dataset;

import org.mskd.random.SplitMix64;

/**
 * The change that a {@link StrongAugmentation} makes to one slice, on the [-1, 1] scale:
 *
 * <pre>
 * y = 2 ((clamp(gain x + offset) + 1) / 2)^gamma - 1
 * </pre>
 *
 * then blur or noise.
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
    float[] changed = new float[image.length];
    int channels = image.length / (size * size);
    for (int channel = 0; channel < channels; channel++) {
      double last = 0;
      double power = 0;
      for (int i = channel; i < image.length; i += channels) {
        double bright = (clamped(gain * image[i] + offset) + 1) / 2;
        if (bright != last) { // air and saturated tissue are long runs of one value
          last = bright;
          power = StrictMath.pow(bright, gamma);
        }
        changed[i] = (float) (2 * power - 1);
      }
    }
    if (blurs) {
      return blurred(changed, size, channels);
    }
    for (int i = 0; i < changed.length; i++) {
      changed[i] = (float) clamped(changed[i] + deviation * random.nextGaussian());
    }
    return changed;
  }

  private static double clamped(double value) {
    return Math.max(-1, Math.min(1, value));
  }

  /** The binomial filter (1 2 1)/4 along both axes; the border is repeated. */
  private static float[] blurred(float[] image, int size, int channels) {
    float[] rows = new float[image.length];
    float[] both = new float[image.length];
    int width = size * channels;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < width; x++) {
        float left = image[y * width + (x < channels ? x : x - channels)];
        float right = image[y * width + (x < width - channels ? x + channels : x)];
        rows[y * width + x] = (left + 2 * image[y * width + x] + right) / 4;
      }
    }
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < width; x++) {
        float above = rows[Math.max(0, y - 1) * width + x];
        float below = rows[Math.min(size - 1, y + 1) * width + x];
        both[y * width + x] = (above + 2 * rows[y * width + x] + below) / 4;
      }
    }
    return both;
  }
}
