package org.mskd.dataset.intensity;

/** Multiplies the distance of each intensity from a centre by a factor. */
public final class Contrast {
  private Contrast() {}

  /** About the middle of the window, which is 0; clamped to [-1, 1]. */
  public static void aboutWindowCentre(float[] image, double factor) {
    change(image, 0, factor, -1, 1);
  }

  /** About the mean of the slice; clamped to the slice's own range. */
  public static void aboutMean(float[] image, double factor) {
    IntensityStatistics statistics = IntensityStatistics.of(image);
    change(image, statistics.mean(), factor, statistics.least(), statistics.most());
  }

  private static void change(float[] image, double centre, double factor, float low, float high) {
    float scale = (float) factor;
    float offset = (float) (centre - factor * centre);
    for (int i = 0; i < image.length; i++) {
      image[i] = Math.max(low, Math.min(high, scale * image[i] + offset));
    }
  }
}
