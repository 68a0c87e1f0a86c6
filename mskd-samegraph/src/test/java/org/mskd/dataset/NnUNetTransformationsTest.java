package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.mskd.dataset.intensity.Contrast;
import org.mskd.dataset.intensity.GammaCorrection;
import org.mskd.dataset.intensity.GaussianNoise;
import org.mskd.dataset.intensity.LowResolution;
import org.mskd.dataset.intensity.SmoothingFilter;
import org.mskd.random.SplitMix64;

/** What the full augmentation adds, against nnU-Net's published ranges and probabilities. */
class NnUNetTransformationsTest {
  private static final long SEED = 2021;
  private static final int SAMPLES = 40_000;

  private static final NnUNetIntensities NONE = new NnUNetIntensities(0, 0, 1, 1, 1, 1, 1);

  /**
   * @param none the value that changes nothing
   * @param low the range's lower end
   * @param high its upper end
   * @param middle the mean of the values that change something
   */
  private record Expected(double probability, double none, double low, double high, double middle) {
    void check(String what, double[] sampled) {
      double[] applied = Arrays.stream(sampled).filter(value -> value != none).toArray();
      String where = what + ", seed " + SEED;
      // Five standard errors.
      double error = 5 * Math.sqrt(probability * (1 - probability) / SAMPLES);
      assertEquals(probability, applied.length / (double) SAMPLES, error, where);
      if (applied.length > 0) {
        double range = high - low;
        double least = Arrays.stream(applied).min().getAsDouble();
        double most = Arrays.stream(applied).max().getAsDouble();
        assertTrue(least >= low && least < low + range / 50, where + ": " + least);
        assertTrue(most <= high && most > high - range / 50, where + ": " + most);
        double mean = Arrays.stream(applied).average().getAsDouble();
        assertEquals(middle, mean, 2.5 * range / Math.sqrt(applied.length), where);
      }
    }
  }

  private static double[] intensities(double often, ToDoubleFunction<NnUNetIntensities> part) {
    SplitMix64 random = new SplitMix64(SEED);
    double[] sampled = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      sampled[i] = part.applyAsDouble(NnUNetIntensities.sample(random, often));
    }
    return sampled;
  }

  private static double[] geometry(double often, ToDoubleFunction<NnUNetGeometry> part) {
    SplitMix64 random = new SplitMix64(SEED);
    double[] sampled = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      sampled[i] = part.applyAsDouble(NnUNetGeometry.sample(random, often));
    }
    return sampled;
  }

  @Test
  void rangesAndProbabilitiesAreNnUNets() {
    for (double often : new double[] {0, 0.5, 1, 3}) {
      // Half of the factors are below 1, half above.
      new Expected(often * 0.2, 0, -30, 30, 0)
          .check("rotation", geometry(often, NnUNetGeometry::degrees));
      new Expected(often * 0.2, 1, 0.7, 1.4, 1.025)
          .check("scale", geometry(often, NnUNetGeometry::scale));
      // The root of a uniform variance up to 0.1 has the mean 2/3 sqrt(0.1).
      double noise = 0.25 * Math.sqrt(0.1);
      new Expected(often * 0.1, 0, 0, noise, noise * 2 / 3)
          .check("noise", intensities(often, NnUNetIntensities::noise));
      new Expected(often * 0.2, 0, 0.5, 1, 0.75)
          .check("blur", intensities(often, NnUNetIntensities::blur));
      new Expected(often * 0.15, 1, 0.75, 1.25, 1)
          .check("brightness", intensities(often, NnUNetIntensities::brightness));
      new Expected(often * 0.15, 1, 0.75, 1.25, 1)
          .check("contrast", intensities(often, NnUNetIntensities::contrast));
      new Expected(often * 0.25, 1, 0.5, 1, 0.75)
          .check("resolution", intensities(often, NnUNetIntensities::resolution));
      new Expected(often * 0.1, 1, 0.7, 1.5, 1.05)
          .check("inverted gamma", intensities(often, NnUNetIntensities::invertedGamma));
      new Expected(often * 0.3, 1, 0.7, 1.5, 1.05)
          .check("gamma", intensities(often, NnUNetIntensities::gamma));
    }
  }

  @Test
  void transformationsAreIndependent() {
    double[] noise = intensities(1, NnUNetIntensities::noise);
    double[] gamma = intensities(1, NnUNetIntensities::gamma);
    int both = 0;
    for (int i = 0; i < SAMPLES; i++) {
      both += noise[i] != 0 && gamma[i] != 1 ? 1 : 0;
    }
    assertEquals(0.03, both / (double) SAMPLES, 0.005, "seed " + SEED);
  }

  private static float[] slice(int size, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    float[] image = new float[size * size];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.uniform(-1, 1);
    }
    return image;
  }

  @Test
  void withoutTransformationsNothingChanges() {
    float[] image = slice(12, 1);
    float[] changed = image.clone();
    NONE.apply(changed, 12, new SplitMix64(1), new float[0]);
    assertArrayEquals(image, changed);
  }

  @Test
  void theOrderIsNnUNets() {
    int size = 16;
    float[] expected = slice(size, 2);
    float[] found = expected.clone();
    float[] scratch = new float[size * size];
    new NnUNetIntensities(0.05, 0.7, 1.1, 0.8, 0.6, 1.3, 0.8)
        .apply(found, size, new SplitMix64(5), new float[size * size]);
    GaussianNoise.add(expected, 0.05, new SplitMix64(5));
    SmoothingFilter.gaussian(0.7).apply(expected, size, scratch);
    Contrast.aboutWindowCentre(expected, 1.1);
    Contrast.aboutMean(expected, 0.8);
    LowResolution.apply(expected, size, 0.6, scratch);
    GammaCorrection.apply(expected, 1.3, true);
    GammaCorrection.apply(expected, 0.8, false);
    assertArrayEquals(expected, found);
  }

  @Test
  void intensitiesStayInTheWindow() {
    int size = 16;
    SplitMix64 random = new SplitMix64(SEED);
    for (int i = 0; i < 2000; i++) {
      float[] image = slice(size, i);
      NnUNetIntensities.sample(random, 3).apply(image, size, random, new float[size * size]);
      for (float value : image) {
        assertTrue(value >= -1 && value <= 1, value + " in " + i + ", seed " + SEED);
      }
    }
  }

  @Test
  void rotationsAddAndScalesMultiply() {
    Augmentation.Transform light = new Augmentation.Transform(10, 0.9, 0.02, -0.03, 1.1, 0.05);
    assertEquals(light, new NnUNetGeometry(0, 1).with(light));
    assertEquals(
        new Augmentation.Transform(-15, 0.9 * 1.3, 0.02, -0.03, 1.1, 0.05),
        new NnUNetGeometry(-25, 1.3).with(light));
  }

  /**
   * With the same parameters for all channels and no noise, each is changed as if it were alone.
   */
  @Test
  void channelsAreChangedAlikeAndByThemselves() {
    int size = 16;
    int channels = 3;
    NnUNetIntensities all = new NnUNetIntensities(0, 0.8, 1.2, 0.8, 0.6, 1.3, 0.8);
    SplittableRandom random = new SplittableRandom(5);
    float[] image = new float[size * size * channels];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextDouble(-0.9, 0.9);
    }
    float[] changed = image.clone();
    all.apply(changed, size, new SplitMix64(1), new float[size * size]);
    for (int channel = 0; channel < channels; channel++) {
      float[] alone = new float[size * size];
      for (int i = 0; i < alone.length; i++) {
        alone[i] = image[i * channels + channel];
      }
      all.apply(alone, size, new SplitMix64(1), new float[size * size]);
      for (int i = 0; i < alone.length; i++) {
        assertEquals(alone[i], changed[i * channels + channel], "channel " + channel);
      }
    }
  }
}
