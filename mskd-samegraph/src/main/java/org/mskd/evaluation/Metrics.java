package org.mskd.evaluation;

import java.util.List;
import java.util.Objects;

/**
 * All models on one test set: {@code metrics.json}.
 *
 * @param testSet the test set's name (not its path)
 * @param models in the order of the table; {@code teachers} first
 */
public record Metrics(String testSet, List<ModelScore> models) {
  /**
   * @throws IllegalArgumentException if two models share a name
   */
  public Metrics {
    Objects.requireNonNull(testSet);
    models = List.copyOf(models);
    if (models.stream().map(ModelScore::name).distinct().count() != models.size()) {
      throw new IllegalArgumentException("two models share a name");
    }
  }
}
