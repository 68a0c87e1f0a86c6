package org.mskd.dataset;

import java.util.Arrays;

/**
 * Brings values from the slices of one preprocessing to those of another, of the same scan and in
 * the same planes: interpolated linearly at the centres of the pixels, as {@link SliceReturn} does
 * for the scan's own grid. Holds scratch memory: one thread at a time.
 */
public final class SliceTransfer {
  private final SliceGeometry from;
  private final SliceGeometry to;
  private final PlaneResampling plane;
  private final float[] content;

  /**
   * @throws IllegalArgumentException if they are not of the same planes of one scan
   */
  public SliceTransfer(SliceGeometry from, SliceGeometry to) {
    if (!from.withPlanesOf(to).equals(from)) {
      throw new IllegalArgumentException(from + " and " + to + " are of other planes");
    }
    this.from = from;
    this.to = to;
    double scale = from.pixelMm() / to.pixelMm();
    this.plane =
        new PlaneResampling(
            AxisResampling.back(to.columns(), from.columns(), scale),
            AxisResampling.back(to.rows(), from.rows(), scale));
    this.content = new float[from.columns() * from.rows()];
  }

  /**
   * Values of one slice.
   *
   * @param slice {@code [size][size]} of the first geometry
   * @param outside the value where the other geometry's slice shows nothing of the scan
   * @return {@code [size][size]} of the other geometry
   */
  public float[] values(float[] slice, float outside) {
    for (int row = 0; row < from.rows(); row++) {
      System.arraycopy(
          slice,
          from.origin() + row * from.sliceSize(),
          content,
          row * from.columns(),
          from.columns());
    }
    float[] out = new float[to.area()];
    Arrays.fill(out, outside);
    plane.apply(content, 0, out, to.origin(), to.sliceSize());
    return out;
  }

  /**
   * For each position of a grid {@code stride} times coarser than the target's slice, row by row,
   * the position of such a grid of the source's slice that its centre lies in, or the nearest to
   * it.
   */
  public int[] positions(int stride) {
    int[] columns =
        axis(from.firstColumn(), from.columns(), to.firstColumn(), to.columns(), stride);
    int[] rows = axis(from.firstRow(), from.rows(), to.firstRow(), to.rows(), stride);
    int side = from.sliceSize() / stride;
    int[] positions = new int[rows.length * columns.length];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < columns.length; column++) {
        positions[row * columns.length + column] = rows[row] * side + columns[column];
      }
    }
    return positions;
  }

  /** Both slices show the scan centred, so their middles coincide. */
  private int[] axis(int fromFirst, int fromCount, int toFirst, int toCount, int stride) {
    double scale = to.pixelMm() / from.pixelMm();
    double fromMiddle = fromFirst + fromCount / 2.0;
    double toMiddle = toFirst + toCount / 2.0;
    int last = from.sliceSize() / stride - 1;
    int[] places = new int[to.sliceSize() / stride];
    for (int i = 0; i < places.length; i++) {
      double pixel = ((i + 0.5) * stride - toMiddle) * scale + fromMiddle;
      places[i] = Math.max(0, Math.min(last, (int) Math.floor(pixel / stride)));
    }
    return places;
  }
}
