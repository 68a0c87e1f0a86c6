package org.mskd.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All models on one test set: {@code metrics.json}.
 *
 * @param testSet the test set's name (not its path)
 * @param surfaceToleranceMm the tolerance of surface Dice, mm
 * @param models in the order of the file; {@code teachers} first; with replicates those of the
 *     first one
 * @param replicates the scores over several seeds; empty where there is one
 */
public record Metrics(
    String testSet,
    double surfaceToleranceMm,
    List<ModelScore> models,
    Optional<SeedScores> replicates) {
  /** The scores of one seed. */
  public Metrics(String testSet, double surfaceToleranceMm, List<ModelScore> models) {
    this(testSet, surfaceToleranceMm, models, Optional.empty());
  }

  /**
   * @throws IllegalArgumentException if two models share a name, or the tolerance is not positive
   */
  public Metrics {
    Objects.requireNonNull(testSet);
    Objects.requireNonNull(replicates);
    models = List.copyOf(models);
    if (!(surfaceToleranceMm > 0)) {
      throw new IllegalArgumentException("surfaceToleranceMm is " + surfaceToleranceMm);
    }
    if (models.stream().map(ModelScore::name).distinct().count() != models.size()) {
      throw new IllegalArgumentException("two models share a name");
    }
  }

  /** The models in the order of the tables: the highest mean Dice first. */
  public List<ModelScore> bestFirst() {
    return models.stream()
        .sorted(Comparator.comparingDouble(model -> -model.meanDice().orElse(-1)))
        .toList();
  }
}
