package org.mskd.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mskd.volume.Grid;

/** Scores the prediction of one case in the scan's own grid. */
public final class CaseScorer {
  private final List<String> organs;

  /**
   * @param organs the organs of classes 1..K, in that order; 255 at most
   */
  public CaseScorer(List<String> organs) {
    if (organs.isEmpty() || organs.size() > 255) {
      throw new IllegalArgumentException(organs.size() + " organs");
    }
    this.organs = List.copyOf(organs);
  }

  /**
   * @param id the case
   * @param grid where both maps lie
   * @param reference class of each voxel: 0 background, c the c-th organ; unsigned bytes
   * @param predicted likewise
   * @return one score an organ, in their order; organs the reference lacks have empty values
   * @throws IllegalArgumentException if a map does not fit the grid
   */
  public List<CaseScore> score(String id, Grid grid, byte[] reference, byte[] predicted) {
    List<CaseScore> scores = new ArrayList<>(organs.size());
    for (int k = 0; k < organs.size(); k++) {
      Optional<SurfaceDistances> surfaces =
          SurfaceDistances.between(grid, reference, predicted, k + 1);
      scores.add(
          new CaseScore(
              id,
              organs.get(k),
              DiceScore.of(reference, predicted, k + 1),
              number(surfaces.map(SurfaceDistances::hausdorff95Mm)),
              number(surfaces.map(SurfaceDistances::averageSymmetricMm))));
    }
    return scores;
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
  }
}
