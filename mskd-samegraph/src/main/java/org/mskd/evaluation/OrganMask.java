package org.mskd.evaluation;

import org.mskd.volume.Grid;

/**
 * The voxels of an organ in one of two class maps, without those that the reference leaves out. A
 * view: the maps, which may be large, are neither copied nor changed.
 */
final class OrganMask {
  private static final byte IGNORED = (byte) CaseScorer.IGNORED;

  private final Grid grid;
  private final byte[] map;
  private final byte[] reference;
  private final byte value;

  /**
   * A view of an organ.
   *
   * @param grid where the maps lie
   * @param map the class map that has the organ: the reference itself, or a prediction
   * @param reference the reference
   * @param value the organ's class
   */
  OrganMask(Grid grid, byte[] map, byte[] reference, byte value) {
    this.grid = grid;
    this.map = map;
    this.reference = reference;
    this.value = value;
  }

  Grid grid() {
    return grid;
  }

  /** Whether the voxel at an index of the grid is of the organ. */
  boolean has(int index) {
    return map[index] == value && reference[index] != IGNORED;
  }

  /**
   * Whether the voxel at an index of the grid is known to be outside the organ. One that the
   * reference leaves out is neither outside nor of the organ.
   */
  boolean excludes(int index) {
    return map[index] != value && reference[index] != IGNORED;
  }
}
