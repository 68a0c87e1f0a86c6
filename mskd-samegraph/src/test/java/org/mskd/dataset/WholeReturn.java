package org.mskd.dataset;

/** All planes of one channel at once. */
final class WholeReturn {
  private WholeReturn() {}

  /** {@code [slices][sliceSize][sliceSize]} to {@code [nz][ny][nx]}. */
  static float[] of(SliceGeometry geometry, float[] values) {
    SliceReturn slices = new SliceReturn(geometry);
    int area = geometry.nx() * geometry.ny();
    float[] voxels = new float[area * geometry.nz()];
    for (int k = 0; k < geometry.nz(); k++) {
      slices.plane(values, 0, k, voxels, k * area);
    }
    return voxels;
  }
}
