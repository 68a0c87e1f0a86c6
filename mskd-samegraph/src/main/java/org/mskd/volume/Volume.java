package org.mskd.volume;

/**
 * Voxels on a grid, first axis fastest. The array is shared, not copied: it belongs to the volume
 * and must not be changed afterwards.
 *
 * @param grid where the voxels lie
 * @param voxels {@code [nz][ny][nx]} flattened; HU for CT, label values for labels
 */
@SuppressWarnings("ArrayRecordComponent") // hundreds of MiB: shared on purpose, never compared
public record Volume(Grid grid, float[] voxels) implements Voxels {
  public Volume {
    if (voxels.length != grid.size()) {
      throw new IllegalArgumentException(voxels.length + " voxels on a grid of " + grid.size());
    }
  }

  /** The voxel at (x, y, z). */
  public float at(int x, int y, int z) {
    return voxels[grid.index(x, y, z)];
  }

  @Override
  public void copy(int from, int count, float[] out, int at) {
    System.arraycopy(voxels, from, out, at, count);
  }
}
