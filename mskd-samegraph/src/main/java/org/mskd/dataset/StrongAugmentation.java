package org.mskd.dataset;

import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;

/**
 * Strong augmentation of intensities for methods that compare a weakly and a strongly augmented
 * view of the same slice, as colour jitter and blur are in FixMatch (Sohn et al., NeurIPS 2020) and
 * PseudoSeg (Zou et al., ICLR 2021): contrast, brightness, gamma, then blur or noise. It moves
 * nothing, so that labels and teacher outputs stay where they are. Parameters of a slot derive from
 * (seed, iteration, slot) alone.
 */
public final class StrongAugmentation {
  /** Contrast about the window's centre. */
  static final double GAIN = 0.4;

  /** Brightness on the [-1, 1] scale; 0.3 is 60 HU in the default window. */
  static final double OFFSET = 0.3;

  /** Exponent of intensities on the [0, 1] scale: from its inverse to this. */
  static final double GAMMA = 1.5;

  /** Largest standard deviation of Gaussian noise on the [-1, 1] scale. */
  static final double NOISE = 0.1;

  private final long seed;

  public StrongAugmentation(long seed) {
    this.seed = SubSeeds.of(seed, "strong augmentation");
  }

  /**
   * Changes one slice.
   *
   * @param iteration of the batch, from 0
   * @param slot of the batch, from 0
   * @param image {@code [size][size]} flattened, values in [-1, 1]
   * @return another array, in [-1, 1] too
   */
  public float[] apply(int iteration, int slot, float[] image, int size) {
    SplitMix64 random = new SplitMix64(SubSeeds.at(seed, iteration, slot));
    double gain = random.uniform(1 - GAIN, 1 + GAIN);
    double offset = random.uniform(-OFFSET, OFFSET);
    double gamma = StrictMath.pow(GAMMA, random.uniform(-1, 1));
    boolean blurs = random.nextDouble() < 0.5;
    double deviation = random.uniform(0, NOISE);
    float[] changed = new float[image.length];
    double last = 0;
    double power = 0;
    for (int i = 0; i < image.length; i++) {
      double bright = (clamped(gain * image[i] + offset) + 1) / 2;
      if (bright != last) { // air and saturated tissue are long runs of one value
        last = bright;
        power = StrictMath.pow(bright, gamma);
      }
      changed[i] = (float) (2 * power - 1);
    }
    if (blurs) {
      return blurred(changed, size);
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
  private static float[] blurred(float[] image, int size) {
    float[] rows = new float[image.length];
    float[] both = new float[image.length];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        float left = image[y * size + Math.max(0, x - 1)];
        float right = image[y * size + Math.min(size - 1, x + 1)];
        rows[y * size + x] = (left + 2 * image[y * size + x] + right) / 4;
      }
    }
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        float above = rows[Math.max(0, y - 1) * size + x];
        float below = rows[Math.min(size - 1, y + 1) * size + x];
        both[y * size + x] = (above + 2 * rows[y * size + x] + below) / 4;
      }
    }
    return both;
  }
}
