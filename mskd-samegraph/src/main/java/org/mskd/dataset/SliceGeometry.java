package org.mskd.dataset;

import java.util.List;
import java.util.Locale;
import org.mskd.experiment.Preprocessing;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Grid;

/**
 * How a canonical volume lies in its square slices: everything needed to make the slices and to map
 * them back.
 *
 * @param nx voxels to the right
 * @param ny voxels to the front
 * @param nz voxels to the head
 * @param spacingX mm between voxels to the right
 * @param spacingY mm between voxels to the front
 * @param spacingZ mm between voxels to the head
 * @param sliceSize side of a slice, pixels
 * @param slices number of slices
 * @param columns pixels of a row that show the volume; the others are padding
 * @param rows rows that show the volume
 * @param firstColumn padding before them
 * @param firstRow padding before them
 * @param pixelMm side of a pixel, mm
 * @param sliceMm mm between slices
 */
public record SliceGeometry(
    int nx,
    int ny,
    int nz,
    double spacingX,
    double spacingY,
    double spacingZ,
    int sliceSize,
    int slices,
    int columns,
    int rows,
    int firstColumn,
    int firstRow,
    double pixelMm,
    double sliceMm) {
  /** Less than this part of a pixel may be cut off at the volume's edges. */
  private static final double SLIVER = 0.01;

  /** More than any scanner makes; a larger number is a wrong spacing. */
  private static final int MOST_SLICES = 20_000;

  public SliceGeometry {
    boolean sizes =
        nx > 0
            && ny > 0
            && nz > 0
            && slices > 0
            && sliceSize > 0
            && sliceSize <= 1 << 14
            && (double) nx * ny * nz < Integer.MAX_VALUE;
    boolean inside =
        columns > 0
            && rows > 0
            && firstColumn >= 0
            && firstRow >= 0
            && columns <= sliceSize - firstColumn
            && rows <= sliceSize - firstRow;
    boolean lengths =
        covers(columns, pixelMm, nx, spacingX)
            && covers(rows, pixelMm, ny, spacingY)
            && covers(slices, sliceMm, nz, spacingZ);
    if (!sizes || !inside || !lengths) {
      throw new IllegalArgumentException("impossible slice geometry");
    }
  }

  /**
   * @param canonical a grid in canonical orientation
   * @throws BadInputException where {@code <targetSpacing>} does not fit into the slice
   */
  public static SliceGeometry of(Grid canonical, Preprocessing preprocessing) {
    int size = preprocessing.sliceSize();
    double width = canonical.nx() * canonical.spacing(0);
    double height = canonical.ny() * canonical.spacing(1);
    double longer = Math.max(width, height);
    List<Double> target = preprocessing.targetSpacing();
    double pixel = target.isEmpty() ? longer / size : target.get(0);
    if (Math.ceil(longer / pixel - SLIVER) > size) {
      throw doesNotFit(width, height, pixel, size);
    }
    int columns = pixels(width, pixel);
    int rows = pixels(height, pixel);
    int slices = canonical.nz();
    double sliceMm = canonical.spacing(2);
    if (target.size() > 1) {
      sliceMm = target.get(1);
      slices = slices(canonical, sliceMm);
    }
    return new SliceGeometry(
        canonical.nx(),
        canonical.ny(),
        canonical.nz(),
        canonical.spacing(0),
        canonical.spacing(1),
        canonical.spacing(2),
        size,
        slices,
        columns,
        rows,
        (size - columns) / 2,
        (size - rows) / 2,
        pixel,
        sliceMm);
  }

  /**
   * The same in the plane, with the number and the distance of another geometry's slices.
   *
   * @throws IllegalArgumentException if the other is of another volume
   */
  SliceGeometry withPlanesOf(SliceGeometry other) {
    if (other.nx != nx || other.ny != ny || other.nz != nz) {
      throw new IllegalArgumentException(other + " is of another volume than " + this);
    }
    return new SliceGeometry(
        nx,
        ny,
        nz,
        spacingX,
        spacingY,
        spacingZ,
        sliceSize,
        other.slices,
        columns,
        rows,
        firstColumn,
        firstRow,
        pixelMm,
        other.sliceMm);
  }

  /** Whether the outputs are as long as the inputs, to one output; false for NaN. */
  private static boolean covers(int out, double outMm, int in, double inMm) {
    return outMm > 0
        && inMm > 0
        && outMm < Double.POSITIVE_INFINITY
        && Math.abs(out * outMm - in * inMm) <= 1.01 * outMm;
  }

  private static int pixels(double extent, double pixel) {
    return Math.max(1, (int) Math.ceil(extent / pixel - SLIVER));
  }

  private static int slices(Grid canonical, double sliceMm) {
    int slices = pixels(canonical.nz() * canonical.spacing(2), sliceMm);
    if (slices > MOST_SLICES) {
      throw new BadInputException(
          "<targetSpacing> of "
              + sliceMm
              + " mm between slices makes "
              + slices
              + " slices of a scan with "
              + canonical.nz()
              + " slices "
              + canonical.spacing(2)
              + " mm apart.",
          "Check the spacing in the scan's header, or give a larger second <targetSpacing>.");
    }
    return slices;
  }

  private static BadInputException doesNotFit(double width, double height, double pixel, int size) {
    double longer = Math.max(width, height);
    return new BadInputException(
        String.format(
            Locale.ROOT,
            "A scan of %.1f x %.1f mm does not fit into <sliceSize> %d at <targetSpacing> %s mm.",
            width,
            height,
            size,
            pixel),
        String.format(
            Locale.ROOT,
            "Give a <targetSpacing> of at least %.2f, or a <sliceSize> of at least %d.",
            Math.ceil(100 * longer / size) / 100,
            (long) Math.ceil(longer / pixel - SLIVER)));
  }

  AxisResampling alongX() {
    return AxisResampling.of(nx, columns, pixelMm / spacingX);
  }

  AxisResampling alongY() {
    return AxisResampling.of(ny, rows, pixelMm / spacingY);
  }

  AxisResampling alongZ() {
    return AxisResampling.of(nz, slices, sliceMm / spacingZ);
  }

  /** Pixels of one slice. */
  public int area() {
    return sliceSize * sliceSize;
  }

  /** Position in a slice of the first pixel that shows the volume, row-major. */
  int origin() {
    return firstRow * sliceSize + firstColumn;
  }
}
