package org.mskd.dataset.intensity;

import java.util.Arrays;

/** A separable, symmetric filter; at the border the outermost pixels are repeated. */
public final class SmoothingFilter {
  /** A Gaussian ends after this many standard deviations. */
  private static final double TRUNCATION = 4;

  private static final SmoothingFilter BINOMIAL =
      new SmoothingFilter(new float[] {0.25f, 0.5f, 0.25f});

  private final float[] weights;

  private SmoothingFilter(float[] weights) {
    this.weights = weights;
  }

  /** (1 2 1)/4. */
  public static SmoothingFilter binomial() {
    return BINOMIAL;
  }

  /**
   * A sampled Gaussian whose weights sum to 1.
   *
   * @param sigma standard deviation, pixels, above 0
   */
  public static SmoothingFilter gaussian(double sigma) {
    int radius = (int) Math.ceil(TRUNCATION * sigma);
    double[] samples = new double[2 * radius + 1];
    for (int i = 0; i < samples.length; i++) {
      double away = (i - radius) / sigma;
      samples[i] = StrictMath.exp(-away * away / 2);
    }
    double sum = Arrays.stream(samples).sum();
    float[] weights = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      weights[i] = (float) (samples[i] / sum);
    }
    return new SmoothingFilter(weights);
  }

  /**
   * Filters along both axes.
   *
   * @param image {@code [size][size]} flattened
   * @param scratch at least as long; its content is lost
   */
  public void apply(float[] image, int size, float[] scratch) {
    int radius = weights.length / 2;
    float[] line = new float[size + 2 * radius];
    for (int row = 0; row < size; row++) {
      Arrays.fill(line, 0, radius, image[row * size]);
      System.arraycopy(image, row * size, line, radius, size);
      Arrays.fill(line, radius + size, line.length, image[row * size + size - 1]);
      Arrays.fill(scratch, row * size, (row + 1) * size, 0);
      for (int tap = 0; tap < weights.length; tap++) {
        add(weights[tap], line, tap, scratch, row * size, size);
      }
    }
    Arrays.fill(image, 0, size * size, 0);
    for (int row = 0; row < size; row++) {
      for (int tap = 0; tap < weights.length; tap++) {
        int from = Math.max(0, Math.min(size - 1, row + tap - radius));
        add(weights[tap], scratch, from * size, image, row * size, size);
      }
    }
  }

  private static void add(float weight, float[] from, int fromAt, float[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] += weight * from[fromAt + i];
    }
  }
}
