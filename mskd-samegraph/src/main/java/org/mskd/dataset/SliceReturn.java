package org.mskd.dataset;

import java.util.Arrays;

/**
 * Maps slices back to the canonical volume: linear interpolation at the voxels' centres, clamped at
 * the edges of what the slices show of it. Plane by plane, so that a caller with many channels need
 * not hold them all. Holds scratch memory: one thread at a time.
 */
public final class SliceReturn {
  private final SliceGeometry geometry;
  private final AxisResampling z;
  private final PlaneResampling plane;
  private final float[] content;

  public SliceReturn(SliceGeometry geometry) {
    this.geometry = geometry;
    this.z =
        AxisResampling.back(
            geometry.nz(), geometry.slices(), geometry.sliceMm() / geometry.spacingZ());
    this.plane =
        new PlaneResampling(
            AxisResampling.back(
                geometry.nx(), geometry.columns(), geometry.pixelMm() / geometry.spacingX()),
            AxisResampling.back(
                geometry.ny(), geometry.rows(), geometry.pixelMm() / geometry.spacingY()));
    this.content = new float[geometry.columns() * geometry.rows()];
  }

  /** The first slice that plane {@code k} is made of; never a lower one for a higher plane. */
  public int firstSlice(int k) {
    return z.first(k);
  }

  /** Past the last slice that plane {@code k} is made of: one or two after the first. */
  public int endSlice(int k) {
    return z.first(k) + z.count(k);
  }

  /**
   * One plane of the canonical volume.
   *
   * @param window {@code [..][sliceSize][sliceSize]} of one channel, with all slices of the plane
   * @param first the slice that the window begins with
   * @param k which plane, 0 at the feet
   * @param out gets {@code [ny][nx]} from {@code offset}
   */
  public void plane(float[] window, int first, int k, float[] out, int offset) {
    if (firstSlice(k) < first || endSlice(k) - first > window.length / geometry.area()) {
      throw new IllegalArgumentException(
          "plane %d needs slices %d to %d, not from %d on, %d values"
              .formatted(k, firstSlice(k), endSlice(k) - 1, first, window.length));
    }
    Arrays.fill(content, 0);
    int columns = geometry.columns();
    for (int n = 0; n < z.count(k); n++) {
      float weight = z.weight(k, n);
      int slice = (z.first(k) - first + n) * geometry.area() + geometry.origin();
      for (int row = 0; row < geometry.rows(); row++) {
        int from = slice + row * geometry.sliceSize();
        int to = row * columns;
        for (int x = 0; x < columns; x++) {
          content[to + x] += weight * window[from + x];
        }
      }
    }
    plane.apply(content, 0, out, offset, geometry.nx());
  }
}
