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
}
