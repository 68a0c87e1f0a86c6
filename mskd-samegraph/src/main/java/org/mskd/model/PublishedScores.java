package org.mskd.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scores of a model on a test set.
 *
 * @param subjects scans of the test set
 * @param surfaceToleranceMm tolerance of surface Dice, mm
 * @param merged whether they are those of all merged teachers of an experiment, of which the model
 *     is one
 * @param organs by name
 * @param mean over the organs; empty for one organ
 */
public record PublishedScores(
    int subjects,
    double surfaceToleranceMm,
    boolean merged,
    SortedMap<String, PublishedScore> organs,
    Optional<PublishedScore> mean) {
  /**
   * @throws IllegalArgumentException if a component is missing or impossible
   */
  public PublishedScores {
    PublishedValue.notNegative("subjects", subjects);
    PublishedValue.finite("surfaceToleranceMm", surfaceToleranceMm);
    PublishedValue.present("organs", organs)
        .forEach((organ, score) -> PublishedValue.present(organ, score));
    organs = Collections.unmodifiableSortedMap(new TreeMap<>(organs));
    PublishedValue.present("mean", mean);
  }
}
