package org.mskd.volume;

/**
 * Voxels on a grid in the order of their file, first axis fastest, read in runs, so that a caller
 * needs no array of all of them.
 */
public interface Voxels {
  /** Where the voxels lie. */
  Grid grid();

  /**
   * Copies consecutive voxels.
   *
   * @param from position of the first voxel, as {@link Grid#index}
   * @param count how many
   * @param out receives their values: HU for CT, label values or classes for labels
   * @param at position in {@code out} of the first of them
   */
  void copy(int from, int count, float[] out, int at);
}
