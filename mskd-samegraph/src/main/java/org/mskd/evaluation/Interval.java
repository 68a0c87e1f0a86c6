package org.mskd.evaluation;

/**
 * An interval of a mean.
 *
 * @param low the lower limit, in the unit of the metric
 * @param high the upper limit
 */
public record Interval(double low, double high) {
  /**
   * @throws IllegalArgumentException if the limits are not in order
   */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("an interval from " + low + " to " + high);
    }
  }
}
