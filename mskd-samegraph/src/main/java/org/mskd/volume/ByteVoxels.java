package org.mskd.volume;

/**
 * One unsigned byte per voxel of a grid, first axis fastest: classes, or probabilities in steps of
 * 1/255. It is read in short rows, so it need not be one array.
 */
public interface ByteVoxels {
  /** Where the voxels lie. */
  Grid grid();

  /**
   * Copies voxels that are neighbours along the first axis, from (x, y, z) on.
   *
   * @param count how many; x + count is at most nx
   * @param out takes them from {@code at} on
   */
  void copyRow(int x, int y, int z, int count, byte[] out, int at);

  /**
   * Voxels in one array, which is shared, not copied.
   *
   * @param voxels {@code [nz][ny][nx]} flattened
   */
  static ByteVoxels of(Grid grid, byte[] voxels) {
    if (voxels.length != grid.size()) {
      throw new IllegalArgumentException(voxels.length + " voxels on a grid of " + grid.size());
    }
    return new ByteVoxels() {
      @Override
      public Grid grid() {
        return grid;
      }

      @Override
      public void copyRow(int x, int y, int z, int count, byte[] out, int at) {
        System.arraycopy(voxels, grid.index(x, y, z), out, at, count);
      }
    };
  }
}
