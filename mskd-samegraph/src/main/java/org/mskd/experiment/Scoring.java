package org.mskd.experiment;

import java.util.List;

/**
 * How the predictions of a given model are scored. Organs and preprocessing come from the model.
 *
 * @param testSet scans with labels that the model was not trained on
 * @param surfaceToleranceMm as of {@link Evaluation}
 * @param seed of the bootstrap intervals
 */
public record Scoring(TestSet testSet, double surfaceToleranceMm, long seed) {
  /**
   * @throws org.mskd.problem.BadInputException if the test set is missing, or the tolerance is
   *     outside its bounds
   */
  public Scoring {
    Checks.present("testSet", testSet);
    new Evaluation(surfaceToleranceMm, List.of()); // checks the tolerance
  }
}
