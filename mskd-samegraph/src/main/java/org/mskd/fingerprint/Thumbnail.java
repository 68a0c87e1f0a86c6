package org.mskd.fingerprint;

import java.util.List;

/**
 * A scan as {@value #SIDE} x {@value #SIDE} x {@value #SIDE} cells in canonical orientation: across
 * the body's width and depth, and from the first to the last axial slice.
 *
 * @param cells mean of each cell, first axis (to the right) fastest: HU, clipped to -125..275, plus
 *     125
 */
public record Thumbnail(List<Integer> cells) {
  /** Cells along each axis. */
  public static final int SIDE = 12;

  public Thumbnail {
    cells = List.copyOf(cells);
    if (cells.size() != SIDE * SIDE * SIDE) {
      throw new IllegalArgumentException(cells.size() + " cells");
    }
  }
}
