package org.mskd.dataset;

import java.nio.file.Path;
import java.util.Locale;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Grid;
import org.mskd.volume.Volume;

/** Checks of an image and its label, made before they are preprocessed. */
final class ScanChecks {
  /** Far below a voxel, far above the rounding of a header's float32 affine. */
  private static final double GRID_TOLERANCE_MM = 0.1;

  private ScanChecks() {}

  /**
   * @param volume in the file's own order, so that an index is the file's
   * @throws BadInputException if a voxel is NaN or infinite
   */
  static void finite(Path file, Volume volume) {
    float[] voxels = volume.voxels();
    int count = 0;
    int first = -1;
    for (int i = 0; i < voxels.length; i++) {
      if (!Float.isFinite(voxels[i])) {
        first = count == 0 ? i : first;
        count++;
      }
    }
    if (count > 0) {
      Grid grid = volume.grid();
      int row = first / grid.nx();
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s has %d %s NaN or infinite, the first at index (%d, %d, %d).",
              file,
              count,
              count == 1 ? "voxel that is" : "voxels that are",
              first % grid.nx(),
              row % grid.ny(),
              row / grid.ny()),
          "Replace them, for instance by -1024 (air), or take the subject out.");
    }
  }

  /**
   * @param subject with a label
   * @param image canonical grid of the image
   * @param label canonical grid of the label
   * @throws BadInputException if their grids differ
   */
  static void sameGrid(Subject subject, Grid image, Grid label) {
    if (!image.matches(label, GRID_TOLERANCE_MM)) {
      throw new BadInputException(
          subject.image()
              + " and "
              + subject.label().orElseThrow()
              + " are of different grids: "
              + describe(image)
              + " and "
              + describe(label)
              + " (right, front, head).",
          "Resample the label onto the image's grid, or correct its header.");
    }
  }

  private static String describe(Grid grid) {
    double[] origin = grid.affine().apply(0, 0, 0);
    return String.format(
        Locale.ROOT,
        "%dx%dx%d voxels of %.3f x %.3f x %.3f mm from (%.1f, %.1f, %.1f)",
        grid.nx(),
        grid.ny(),
        grid.nz(),
        grid.spacing(0),
        grid.spacing(1),
        grid.spacing(2),
        origin[0],
        origin[1],
        origin[2]);
  }
}
