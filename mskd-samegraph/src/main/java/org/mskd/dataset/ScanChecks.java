package org.mskd.dataset;

import java.nio.file.Path;
import java.util.Locale;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Grid;
import org.mskd.volume.Voxels;

/** Checks of an image and its label, made before they are preprocessed. */
final class ScanChecks {
  /** Far below a voxel, far above the rounding of a header's float32 affine. */
  private static final double GRID_TOLERANCE_MM = 0.1;

  private ScanChecks() {}

  /**
   * @param voxels in the file's own order, so that an index is the file's
   * @throws BadInputException if a voxel is NaN or infinite
   */
  static void finite(Path file, Voxels voxels) {
    Grid grid = voxels.grid();
    float[] row = new float[grid.nx()];
    int count = 0;
    int first = -1;
    for (int line = 0; line < grid.ny() * grid.nz(); line++) {
      voxels.copy(line * row.length, row.length, row, 0);
      for (int x = 0; x < row.length; x++) {
        if (!Float.isFinite(row[x])) {
          first = count == 0 ? line * row.length + x : first;
          count++;
        }
      }
    }
    if (count > 0) {
      int line = first / grid.nx();
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s has %d %s NaN or infinite, the first at index (%d, %d, %d).",
              file,
              count,
              count == 1 ? "voxel that is" : "voxels that are",
              first % grid.nx(),
              line % grid.ny(),
              line / grid.ny()),
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

  /**
   * @param subject with a label whose voxels correspond to the image's, index by index
   * @param image grid of the image, in its file's order
   * @param label grid of the label, likewise
   * @throws BadInputException if their voxel counts differ
   */
  static void sameExtents(Subject subject, Grid image, Grid label) {
    if (image.nx() != label.nx() || image.ny() != label.ny() || image.nz() != label.nz()) {
      throw new BadInputException(
          "%s has %s voxels and %s has %s, so their voxels do not correspond, as <labelGrid> image"
                  .formatted(
                      subject.image(),
                      extents(image),
                      subject.label().orElseThrow(),
                      extents(label))
              + " declares.",
          "Resample the label onto the image's grid, or remove <labelGrid>.");
    }
  }

  private static String extents(Grid grid) {
    return grid.nx() + "x" + grid.ny() + "x" + grid.nz();
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
