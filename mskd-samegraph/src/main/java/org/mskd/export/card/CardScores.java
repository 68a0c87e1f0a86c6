package org.mskd.export.card;

import org.mskd.evaluation.Metrics;

/**
 * The scores of a network on a test set.
 *
 * @param metrics of one model
 * @param merged whether they are those of all merged teachers, of which the network is one
 */
public record CardScores(Metrics metrics, boolean merged) {
  /**
   * @throws IllegalArgumentException unless there is one model
   */
  public CardScores {
    if (metrics.models().size() != 1) {
      throw new IllegalArgumentException(metrics.models().size() + " models");
    }
  }
}
