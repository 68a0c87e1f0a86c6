package org.mskd.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * All models on one test set: {@code metrics.json}.
 *
 * @param testSet the test set's name (not its path)
 * @param surfaceToleranceMm the tolerance of surface Dice, mm
 * @param models in the order of the file; {@code teachers} first
 */
public record Metrics(String testSet, double surfaceToleranceMm, List<ModelScore> models) {
  /**
   * @throws IllegalArgumentException if two models share a name, or the tolerance is not positive
   */
  public Metrics {
    Objects.requireNonNull(testSet);
    models = List.copyOf(models);
    if (!(surfaceToleranceMm > 0)) {
      throw new IllegalArgumentException("surfaceToleranceMm is " + surfaceToleranceMm);
    }
    if (models.stream().map(ModelScore::name).distinct().count() != models.size()) {
      throw new IllegalArgumentException("two models share a name");
    }
  }

  /** The models in the order of the tables: the highest mean Dice first. */
  List<ModelScore> bestFirst() {
    return models.stream()
        .sorted(Comparator.comparingDouble(model -> -model.meanDice().orElse(-1)))
        .toList();
  }
}
