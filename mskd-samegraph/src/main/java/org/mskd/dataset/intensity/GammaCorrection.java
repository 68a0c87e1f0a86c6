package org.mskd.dataset.intensity;

/**
 * A {@link GammaCurve} over the range of a slice's own intensities; then the slice gets the mean
 * and the standard deviation back that it had, and is clamped to [-1, 1].
 *
 * <p>The curve is interpolated linearly between {@value #CELLS} + 1 points of the range, so that a
 * pixel costs no power. It differs from the exact one by less than 0.2 % of the range for exponents
 * from 0.7 on.
 */
public final class GammaCorrection {
  private static final int CELLS = 1024;

  /** A slice whose standard deviation is below this has one intensity. */
  private static final double FLAT = 1e-7;

  private GammaCorrection() {}

  /**
   * Changes a slice. A slice of one intensity stays as it is.
   *
   * @param exponent above 1 for a darker slice, below 1 for a brighter one
   * @param inverted whether the negative of the slice is changed, then inverted again, so that the
   *     curve is steep or flat at the bright end
   */
  public static void apply(float[] image, double exponent, boolean inverted) {
    IntensityStatistics before = IntensityStatistics.of(image);
    if (before.deviation() < FLAT) {
      return;
    }
    interpolate(image, before, points(before, exponent, inverted));
    IntensityStatistics after = IntensityStatistics.of(image);
    double scale = before.deviation() / Math.max(FLAT, after.deviation());
    float gain = (float) scale;
    float offset = (float) (before.mean() - scale * after.mean());
    for (int i = 0; i < image.length; i++) {
      image[i] = Math.max(-1, Math.min(1, gain * image[i] + offset));
    }
  }

  /** The curve at equally spaced points from the smallest to the largest intensity. */
  private static float[] points(IntensityStatistics statistics, double exponent, boolean inverted) {
    double least = statistics.least();
    double range = statistics.most() - least;
    GammaCurve curve = new GammaCurve(inverted ? -statistics.most() : least, range, exponent);
    float[] points = new float[CELLS + 1];
    for (int i = 0; i <= CELLS; i++) {
      double x = least + range * i / CELLS;
      points[i] = (float) (inverted ? -curve.at(-x) : curve.at(x));
    }
    return points;
  }

  private static void interpolate(float[] image, IntensityStatistics statistics, float[] points) {
    float least = statistics.least();
    float cells = CELLS / (statistics.most() - least);
    for (int i = 0; i < image.length; i++) {
      float position = cells * (image[i] - least);
      int cell = Math.min(CELLS - 1, (int) position);
      image[i] = points[cell] + (position - cell) * (points[cell + 1] - points[cell]);
    }
  }
}
