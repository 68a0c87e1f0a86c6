package org.mskd.evaluation;

import java.util.Arrays;
import java.util.Optional;
import org.mskd.volume.Grid;

/**
 * Distances in mm between the surfaces of an organ in a reference and in a prediction, with the
 * grid's spacing. A surface is the voxels with a face neighbour outside the organ; beyond the
 * volume's border all is outside. Distances run from voxel centre to voxel centre.
 */
public final class SurfaceDistances {
  private final double[] fromReference;
  private final double[] fromPrediction;

  private SurfaceDistances(double[] fromReference, double[] fromPrediction) {
    this.fromReference = fromReference;
    this.fromPrediction = fromPrediction;
  }

  /**
   * @param grid where both maps lie; its axes must be at right angles
   * @param reference class of each voxel, unsigned bytes
   * @param predicted class of each voxel
   * @param value the organ's class, 1 to 255
   * @return empty where either map has no voxel of that class: there is no distance to nothing
   * @throws IllegalArgumentException if a map does not fit the grid
   */
  public static Optional<SurfaceDistances> between(
      Grid grid, byte[] reference, byte[] predicted, int value) {
    DiceScore.requireSameLength(reference, predicted);
    if (reference.length != grid.size()) {
      throw new IllegalArgumentException(
          "a class map of " + reference.length + " voxels on a grid of " + grid.size());
    }
    byte organ = (byte) value;
    Optional<VoxelBox> around = VoxelBox.around(grid, reference, predicted, organ);
    if (around.isEmpty()) {
      return Optional.empty();
    }
    VoxelBox box = around.get();
    int[] referenceSurface = Surface.voxels(grid, reference, organ, box);
    int[] predictedSurface = Surface.voxels(grid, predicted, organ, box);
    if (referenceSurface.length == 0 || predictedSurface.length == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new SurfaceDistances(
            distances(grid, box, referenceSurface, predictedSurface),
            distances(grid, box, predictedSurface, referenceSurface)));
  }

  private static double[] distances(Grid grid, VoxelBox box, int[] from, int[] to) {
    float[] squared =
        DistanceTransform.squared(box, to, grid.spacing(0), grid.spacing(1), grid.spacing(2));
    double[] result = new double[from.length];
    for (int i = 0; i < from.length; i++) {
      result[i] = Math.sqrt(squared[from[i]]);
    }
    Arrays.sort(result);
    return result;
  }

  /**
   * HD95: the larger of the two directed 95th percentiles, each interpolated linearly between ranks
   * (MONAI's convention, and NumPy's percentile). Pooling both directions first, as some tools do,
   * gives another number.
   */
  public double hausdorff95Mm() {
    return Math.max(
        Statistics.percentile(fromReference, 95), Statistics.percentile(fromPrediction, 95));
  }

  /**
   * ASSD, the average symmetric surface distance: the mean over the voxels of both surfaces taken
   * together, so that each voxel counts once (Heimann et al., IEEE TMI 28(8), 2009).
   */
  public double averageSymmetricMm() {
    return (Arrays.stream(fromReference).sum() + Arrays.stream(fromPrediction).sum())
        / (fromReference.length + fromPrediction.length);
  }

  /**
   * Surface Dice: the share of the voxels of both surfaces that lie within a tolerance of the other
   * surface (Nikolov et al., arXiv 1809.04430, counted by voxels rather than by area).
   *
   * @param toleranceMm at least 0; a distance equal to it is within
   */
  public double surfaceDice(double toleranceMm) {
    if (!(toleranceMm >= 0)) {
      throw new IllegalArgumentException("a tolerance of " + toleranceMm + " mm");
    }
    long near =
        Arrays.stream(fromReference).filter(mm -> mm <= toleranceMm).count()
            + Arrays.stream(fromPrediction).filter(mm -> mm <= toleranceMm).count();
    return (double) near / (fromReference.length + fromPrediction.length);
  }
}
