package org.mskd.dataset;

import org.mskd.dataset.intensity.ChannelPlanes;
import org.mskd.dataset.intensity.Contrast;
import org.mskd.dataset.intensity.GammaCorrection;
import org.mskd.dataset.intensity.GaussianNoise;
import org.mskd.dataset.intensity.LowResolution;
import org.mskd.dataset.intensity.SmoothingFilter;
import org.mskd.random.SplitMix64;

/**
 * The intensity transformations of nnU-Net's default augmentation (version 2, and version 1 with
 * the same ranges), which are applied to a slice in this order, each with a probability of its own.
 *
 * <p>nnU-Net's intensities have mean 0 and standard deviation 1 in the foreground. Here 0 is the
 * middle of the window and {@link #UNIT} stands for that standard deviation. Contrast, gamma and
 * low resolution do not depend on the scale.
 *
 * @param noise standard deviation of Gaussian noise on the [-1, 1] scale; 0 for none
 * @param blur standard deviation of a Gaussian filter, pixels; 0 for none
 * @param brightness factor of each intensity; 1 for none
 * @param contrast factor of the distance from the slice's mean; 1 for none
 * @param resolution side of the simulated grid as a part of the slice's; 1 for none
 * @param invertedGamma exponent of the inverted slice; 1 for none
 * @param gamma exponent; 1 for none
 */
record NnUNetIntensities(
    double noise,
    double blur,
    double brightness,
    double contrast,
    double resolution,
    double invertedGamma,
    double gamma) {
  /**
   * The standard deviation of organ voxels on the [-1, 1] scale: about 50 HU in contrast-enhanced
   * abdominal CT (liver, spleen, kidneys, pancreas), a quarter of half the default window.
   */
  static final double UNIT = 0.25;

  /** The largest variance of the noise, in units. */
  private static final double NOISE_VARIANCE = 0.1;

  /**
   * Samples the transformations of a slice. Ranges and probabilities are nnU-Net's; where it
   * chooses again for each channel, a slice has one choice.
   *
   * @param often factor of all probabilities; they end at 1
   */
  static NnUNetIntensities sample(SplitMix64 random, double often) {
    Chance chance = new Chance(random, often);
    return new NnUNetIntensities(
        UNIT * Math.sqrt(chance.uniform(0.1, 0, NOISE_VARIANCE, 0)),
        chance.uniform(0.2, 0.5, 1, 0),
        chance.aboutOne(0.15, 0.75, 1.25),
        chance.aboutOne(0.15, 0.75, 1.25),
        chance.uniform(0.25, 0.5, 1, 1),
        chance.aboutOne(0.1, 0.7, 1.5),
        chance.aboutOne(0.3, 0.7, 1.5));
  }

  /**
   * Changes a slice in place.
   *
   * @param image {@code [size][size][channels]} flattened, values in [-1, 1]; they stay there. All
   *     channels are changed alike; the noise of each pixel and channel is its own
   * @param random of the noise
   * @param scratch at least as long as a channel; its content is lost
   */
  void apply(float[] image, int size, SplitMix64 random, float[] scratch) {
    if (noise > 0) {
      GaussianNoise.add(image, noise, random);
    }
    ChannelPlanes.forEach(image, size, plane -> applyTo(plane, size, scratch));
  }

  private void applyTo(float[] image, int size, float[] scratch) {
    if (blur > 0) {
      SmoothingFilter.gaussian(blur).apply(image, size, scratch);
    }
    if (brightness != 1) {
      Contrast.aboutWindowCentre(image, brightness);
    }
    if (contrast != 1) {
      Contrast.aboutMean(image, contrast);
    }
    if (resolution < 1) {
      LowResolution.apply(image, size, resolution, scratch);
    }
    if (invertedGamma != 1) {
      GammaCorrection.apply(image, invertedGamma, true);
    }
    if (gamma != 1) {
      GammaCorrection.apply(image, gamma, false);
    }
  }
}
