package org.mskd.dataset.intensity;

/**
 * Statistics of the intensities of a slice.
 *
 * @param mean their mean
 * @param deviation their standard deviation, of the population
 * @param least the smallest
 * @param most the largest
 */
record IntensityStatistics(double mean, double deviation, float least, float most) {
  static IntensityStatistics of(float[] image) {
    double sum = 0;
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : image) {
      sum += value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double mean = sum / image.length;
    double squares = 0;
    for (float value : image) {
      squares += (value - mean) * (value - mean);
    }
    return new IntensityStatistics(mean, Math.sqrt(squares / image.length), least, most);
  }
}
