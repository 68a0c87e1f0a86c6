package org.mskd.prediction;

import org.mskd.dataset.SliceSource;
import org.mskd.problem.BadInputException;

/** Rejects scores of a diverged network, which would make every pixel background. */
final class FiniteScores {
  private FiniteScores() {}

  /** Whether the scores of the first pixels of each class are numbers. */
  static boolean allFinite(float[][] scores, int pixels) {
    for (float[] ofClass : scores) {
      for (int i = 0; i < pixels; i++) {
        if (!Float.isFinite(ofClass[i])) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * @param scores {@code [class][batch * area]}
   * @param count slices in the batch
   * @param first the store's slice in slot 0
   * @throws BadInputException naming model, slice and subject, if a score is NaN or infinite
   */
  static void require(
      SliceScorer scorer, float[][] scores, int count, SliceSource slices, int first) {
    int area = slices.size() * slices.size();
    for (int c = 0; c < scores.length; c++) {
      for (int i = 0; i < count * area; i++) {
        if (!Float.isFinite(scores[c][i])) {
          throw new BadInputException(
              "%s gives %s as a score in slice %d of %s: its training diverged."
                  .formatted(scorer.modelOf(c), scores[c][i], first + i / area, slices.id()),
              "If it was trained by this experiment, lower <learningRate> and run the same goal"
                  + " again, which trains it again. If it is a given <model>, give another one.");
        }
      }
    }
  }
}
