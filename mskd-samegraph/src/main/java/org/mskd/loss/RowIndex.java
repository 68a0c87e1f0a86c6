package org.mskd.loss;

import java.util.Arrays;
import org.mskd.graph.kernel.Kernels;

/**
 * Which row of a level's targets each position and teacher has: positions run on over the batch,
 * rows are numbered from 0 in the order of (position, teacher) of those inside.
 *
 * @param rows {@code [slices, height, width, K]} flattened; -1 outside the teacher's region
 * @param count how many are inside
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
public record RowIndex(int[] rows, int count) {
  private static final int BLOCK = 1024;

  /**
   * Numbers the positions inside.
   *
   * @param organs the K organs' regions on the level's grid, as {@link RegionMaps#coarser} gives
   */
  public static RowIndex of(RegionMaps organs) {
    boolean[][] inside = organs.inside();
    int positions = inside[0].length;
    int[] rows = new int[positions * inside.length];
    int[] starts = new int[(positions + BLOCK - 1) / BLOCK + 1];
    // Blocks are counted before they are filled, so that numbers do not depend on threads.
    Kernels.parallel(starts.length - 1, block -> starts[block + 1] = number(inside, block, rows));
    Arrays.parallelPrefix(starts, Integer::sum);
    Kernels.parallel(
        starts.length - 1,
        block -> {
          int end = Math.min(positions, (block + 1) * BLOCK) * inside.length;
          for (int i = block * BLOCK * inside.length; i < end; i++) {
            rows[i] += rows[i] < 0 ? 0 : starts[block];
          }
        });
    return new RowIndex(rows, starts[starts.length - 1]);
  }

  /** Numbers a block from 0; returns how many it has. */
  private static int number(boolean[][] inside, int block, int[] rows) {
    int next = 0;
    int end = Math.min(inside[0].length, (block + 1) * BLOCK);
    for (int position = block * BLOCK; position < end; position++) {
      for (int k = 0; k < inside.length; k++) {
        rows[position * inside.length + k] = inside[k][position] ? next++ : -1;
      }
    }
    return next;
  }

  /**
   * How many rows to make for so many that are used, at least one: arrays of few different sizes,
   * as ND4J remembers every shape it has seen.
   */
  public static int capacity(int used) {
    int needed = Math.max(1, used);
    int grain = Math.max(32, Integer.highestOneBit(needed) / 8);
    return (needed + grain - 1) / grain * grain;
  }
}
