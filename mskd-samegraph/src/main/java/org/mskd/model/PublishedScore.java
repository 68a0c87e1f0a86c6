package org.mskd.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scores of one organ, or of all organs together.
 *
 * @param cases scans whose reference has the organ
 * @param missed in how many of these nothing of it was predicted
 * @param falsePositiveCases in how many of the other scans it was predicted
 * @param metrics means by the metric's name in {@code metrics.json}, such as {@code dice} or {@code
 *     hd95MmWithMisses}; those that are defined
 */
public record PublishedScore(
    int cases, int missed, int falsePositiveCases, SortedMap<String, PublishedMean> metrics) {
  /**
   * @throws IllegalArgumentException if a component is missing or negative
   */
  public PublishedScore {
    PublishedValue.notNegative("cases", cases);
    PublishedValue.notNegative("missed", missed);
    PublishedValue.notNegative("falsePositiveCases", falsePositiveCases);
    PublishedValue.present("metrics", metrics)
        .forEach((metric, mean) -> PublishedValue.present(metric, mean));
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }
}
