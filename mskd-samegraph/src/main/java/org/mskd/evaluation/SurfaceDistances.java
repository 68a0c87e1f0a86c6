package org.mskd.evaluation;

import java.util.Arrays;
import java.util.Optional;
import org.mskd.volume.Grid;

/**
 * Distances in mm between the surfaces of an organ in a reference and in a prediction, in world
 * space: on rotated grids and on grids whose axes are not at right angles too. A surface is the
 * voxels with a face neighbour outside the organ; beyond the volume's border all is outside. A
 * neighbour that the reference leaves out is not outside. Distances run from voxel centre to voxel
 * centre.
 */
public final class SurfaceDistances {
  /** A distance may exceed a tolerance by this part of it: the rounding of a header's affine. */
  private static final double ROUNDING = 1e-5;

  private final double[] fromReference;
  private final double[] fromPrediction;

  private SurfaceDistances(double[] fromReference, double[] fromPrediction) {
    this.fromReference = fromReference;
    this.fromPrediction = fromPrediction;
    Arrays.sort(fromReference);
    Arrays.sort(fromPrediction);
  }

  /**
   * Measures one organ.
   *
   * @param grid where both maps lie
   * @param reference class of each voxel, unsigned bytes; {@link CaseScorer#IGNORED} for voxels to
   *     leave out
   * @param predicted class of each voxel
   * @param value the organ's class, 1 to 254
   * @return empty where either map has no voxel of that class, or no surface voxel since all
   *     neighbours outside the organ are left out: there is no distance to nothing
   * @throws IllegalArgumentException if a map does not fit the grid
   */
  public static Optional<SurfaceDistances> between(
      Grid grid, byte[] reference, byte[] predicted, int value) {
    return between(grid, reference, predicted, value, ClassVoxels.of(grid, reference, predicted));
  }

  static Optional<SurfaceDistances> between(
      Grid grid, byte[] reference, byte[] predicted, int value, ClassVoxels voxels) {
    if (voxels.inReference(value) == 0 || voxels.inPrediction(value) == 0) {
      return Optional.empty();
    }
    VoxelBox box = voxels.box(value).orElseThrow();
    byte organ = (byte) value;
    int[] referenceSurface = Surface.voxels(new OrganMask(grid, reference, reference, organ), box);
    int[] predictedSurface = Surface.voxels(new OrganMask(grid, predicted, reference, organ), box);
    if (referenceSurface.length == 0 || predictedSurface.length == 0) {
      return Optional.empty();
    }
    return Optional.of(
        grid.affine().hasRightAngles()
            ? separable(grid, box, referenceSurface, predictedSurface)
            : searched(grid, box, referenceSurface, predictedSurface));
  }

  private static SurfaceDistances separable(
      Grid grid, VoxelBox box, int[] reference, int[] predicted) {
    return new SurfaceDistances(
        separableDistances(grid, box, reference, predicted),
        separableDistances(grid, box, predicted, reference));
  }

  private static double[] separableDistances(Grid grid, VoxelBox box, int[] from, int[] to) {
    float[] squared =
        DistanceTransform.squared(box, to, grid.spacing(0), grid.spacing(1), grid.spacing(2));
    double[] result = new double[from.length];
    for (int i = 0; i < from.length; i++) {
      result[i] = Math.sqrt(squared[from[i]]);
    }
    return result;
  }

  private static SurfaceDistances searched(
      Grid grid, VoxelBox box, int[] reference, int[] predicted) {
    VoxelSteps steps = VoxelSteps.of(grid);
    double[] there = steps.place(box, reference);
    double[] here = steps.place(box, predicted);
    return new SurfaceDistances(
        new NearestPoint(here).distances(there), new NearestPoint(there).distances(here));
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
   * @param toleranceMm at least 0; a distance equal to it, up to the rounding of headers (1 part in
   *     10^5), is within
   */
  public double surfaceDice(double toleranceMm) {
    if (!(toleranceMm >= 0)) {
      throw new IllegalArgumentException("a tolerance of " + toleranceMm + " mm");
    }
    double limit = toleranceMm * (1 + ROUNDING);
    long near =
        Arrays.stream(fromReference).filter(mm -> mm <= limit).count()
            + Arrays.stream(fromPrediction).filter(mm -> mm <= limit).count();
    return (double) near / (fromReference.length + fromPrediction.length);
  }
}
