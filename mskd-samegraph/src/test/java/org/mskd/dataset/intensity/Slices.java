package org.mskd.dataset.intensity;

import org.mskd.random.SplitMix64;

/** Slices for tests. */
final class Slices {
  private Slices() {}

  /** Uniform in a range, every pixel on its own. */
  static float[] uniform(int size, double low, double high, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    float[] image = new float[size * size];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.uniform(low, high);
    }
    return image;
  }

  static double mean(float[] image) {
    double sum = 0;
    for (float value : image) {
      sum += value;
    }
    return sum / image.length;
  }

  static double deviation(float[] image) {
    double mean = mean(image);
    double sum = 0;
    for (float value : image) {
      sum += Math.pow(value - mean, 2);
    }
    return Math.sqrt(sum / image.length);
  }
}
