package org.mskd.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;

/** Scores the prediction of one case in the scan's own grid. */
public final class CaseScorer {
  /**
   * The class of the voxels of a reference that are left out of scoring, such as a region nobody
   * annotated. They count neither for nor against any organ, in every metric: they are in no
   * volume, and a face between an organ and such a voxel is no surface.
   */
  public static final int IGNORED = ClassMap.IGNORED;

  private static final int MAXIMUM_ORGANS = 127;
  private static final double MM3_PER_ML = 1000;

  private final List<String> organs;
  private final Set<String> annotated;
  private final double toleranceMm;

  /** A scorer for references that annotate all organs. */
  public CaseScorer(List<String> organs, double toleranceMm) {
    this(organs, organs, toleranceMm);
  }

  /**
   * A scorer for all cases.
   *
   * @param organs the organs of classes 1..K, in that order; 127 at most
   * @param annotated those that the references annotate. Of another organ a reference does not show
   *     whether it is there: it gets no score, and what is predicted of it is no false positive
   * @param toleranceMm of surface Dice, mm; above 0
   */
  public CaseScorer(List<String> organs, Collection<String> annotated, double toleranceMm) {
    if (organs.isEmpty() || organs.size() > MAXIMUM_ORGANS) {
      throw new IllegalArgumentException(organs.size() + " organs");
    }
    if (!(toleranceMm > 0)) {
      throw new IllegalArgumentException("a tolerance of " + toleranceMm + " mm");
    }
    this.organs = List.copyOf(organs);
    this.annotated = Set.copyOf(annotated);
    this.toleranceMm = toleranceMm;
  }

  /**
   * Scores one case. The maps are not changed, and need no copies.
   *
   * @param id the case
   * @param grid where both maps lie
   * @param reference class of each voxel: 0 background, c the c-th organ, {@link #IGNORED} for
   *     voxels to leave out; unsigned bytes
   * @param predicted class of each voxel: 0 background, c the c-th organ
   * @return one score per annotated organ, in their order; organs the reference lacks have empty
   *     values. Surface Dice and distances are also empty where a map has the organ but no surface
   *     voxel, since all its neighbours are to be left out
   * @throws IllegalArgumentException if a map does not fit the grid
   */
  public List<CaseScore> score(String id, Grid grid, byte[] reference, byte[] predicted) {
    ClassVoxels voxels = ClassVoxels.of(grid, reference, predicted);
    double voxelMl = Math.abs(grid.affine().determinant()) / MM3_PER_ML;
    double diagonal = VoxelSteps.diagonalMm(grid);
    List<CaseScore> scores = new ArrayList<>(organs.size());
    for (int value = 1; value <= organs.size(); value++) {
      if (!annotated.contains(organs.get(value - 1))) {
        continue;
      }
      long inReference = voxels.inReference(value);
      long inPrediction = voxels.inPrediction(value);
      boolean missed = inReference > 0 && inPrediction == 0;
      Optional<SurfaceDistances> surfaces =
          SurfaceDistances.between(grid, reference, predicted, value, voxels);
      scores.add(
          new CaseScore(
              id,
              organs.get(value - 1),
              DiceScore.of(voxels.inBoth(value), inReference, inPrediction),
              missed
                  ? OptionalDouble.of(0)
                  : number(surfaces, distances -> distances.surfaceDice(toleranceMm)),
              number(surfaces, SurfaceDistances::hausdorff95Mm),
              number(surfaces, SurfaceDistances::averageSymmetricMm),
              inReference * voxelMl,
              inPrediction * voxelMl,
              missed,
              inReference == 0 && inPrediction > 0,
              diagonal));
    }
    return scores;
  }

  private static OptionalDouble number(
      Optional<SurfaceDistances> surfaces, ToDoubleFunction<SurfaceDistances> metric) {
    return surfaces.isPresent()
        ? OptionalDouble.of(metric.applyAsDouble(surfaces.get()))
        : OptionalDouble.empty();
  }
}
