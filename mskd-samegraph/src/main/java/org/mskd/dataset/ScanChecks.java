package org.mskd.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Grid;
import org.mskd.volume.ImageHeader;
import org.mskd.volume.Orientation;
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
   * Compares the grids in canonical order. Where the two forms of a header disagree, the error
   * names the one that would fit.
   *
   * @param subject with a label
   * @throws BadInputException if the grids differ
   */
  static void sameGrid(Subject subject, ImageHeader image, ImageHeader label) {
    Grid imageGrid = Orientation.canonical(image.grid());
    Grid labelGrid = Orientation.canonical(label.grid());
    if (imageGrid.matches(labelGrid, GRID_TOLERANCE_MM)) {
      return;
    }
    Path imageFile = subject.image();
    Path labelFile = subject.label().orElseThrow();
    String problem =
        imageFile
            + " and "
            + labelFile
            + " are of different grids: "
            + describe(imageGrid)
            + " and "
            + describe(labelGrid)
            + " (right, front, head).";
    List<FormsAdvice> advice =
        Stream.of(
                new FormsAdvice(imageFile, image, labelFile, label, GRID_TOLERANCE_MM),
                new FormsAdvice(labelFile, label, imageFile, image, GRID_TOLERANCE_MM))
            .filter(FormsAdvice::applies)
            .toList();
    throw new BadInputException(
        Stream.concat(Stream.of(problem), advice.stream().map(FormsAdvice::problem))
            .collect(Collectors.joining(" ")),
        advice.isEmpty()
            ? "Resample the label onto the image's grid, or correct its header."
            : remedy(advice, sameSize(image.grid(), label.grid())));
  }

  private static String remedy(List<FormsAdvice> advice, boolean sameSize) {
    String corrected =
        advice.stream()
            .flatMap(each -> each.remedy().stream())
            .findFirst()
            .orElse("Correct the headers, or resample the label onto the image's grid");
    return corrected
        + (sameSize
            ? ", or, where label and image voxels correspond one to one, set <labelGrid=image>."
            : ".");
  }

  private static boolean sameSize(Grid image, Grid label) {
    return image.nx() == label.nx() && image.ny() == label.ny() && image.nz() == label.nz();
  }

  /**
   * @param subject with a label whose voxels correspond to the image's, index by index
   * @param image grid of the image, in its file's order
   * @param label grid of the label, likewise
   * @throws BadInputException if their voxel counts differ
   */
  static void sameExtents(Subject subject, Grid image, Grid label) {
    if (!sameSize(image, label)) {
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
