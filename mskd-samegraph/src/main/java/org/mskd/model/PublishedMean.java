package org.mskd.model;

import java.util.List;

/**
 * A mean over cases, or over organs.
 *
 * @param mean in the unit of the metric
 * @param interval the limits of its 95 % bootstrap interval, lower and upper; empty for fewer than
 *     two cases
 * @param n how many values it is over
 */
public record PublishedMean(double mean, List<Double> interval, int n) {
  /**
   * @throws IllegalArgumentException if a number is not finite, or the interval has not two limits
   */
  public PublishedMean {
    PublishedValue.finite("mean", mean);
    interval = List.copyOf(PublishedValue.present("interval", interval));
    interval.forEach(limit -> PublishedValue.finite("interval", limit));
    if (!interval.isEmpty() && interval.size() != 2) {
      throw new IllegalArgumentException("interval of publication is " + interval);
    }
    PublishedValue.notNegative("n", n);
  }
}
