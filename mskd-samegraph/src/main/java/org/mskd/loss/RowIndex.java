package org.mskd.loss;

import java.util.function.Supplier;
import org.mskd.graph.kernel.Kernels;

/**
 * The row number of each position and teacher among a level's targets. Positions are counted over
 * the whole batch; rows are numbered from 0 in the order of (position, teacher).
 *
 * @param teachers K
 * @param rows {@code [slices, height, width, K]} flattened; -1 where there is no row
 * @param count the number of rows
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
public record RowIndex(int teachers, int[] rows, int count) {
  private static final int BLOCK = 1024;

  /** Chooses among the positions of the regions. */
  @FunctionalInterface
  public interface Selection {
    /** Whether a position of teacher k's region gets a row; called by several threads. */
    boolean has(int position, int k);
  }

  /** Receives rows one by one. */
  @FunctionalInterface
  public interface Visitor {
    /** A row of teacher k. */
    void accept(int row, int position, int k);
  }

  /**
   * A row for every position of every region.
   *
   * @param organs the K organs' regions on the level's grid, as {@link RegionMaps#coarser} gives
   */
  public static RowIndex of(RegionMaps organs) {
    return of(organs, (position, k) -> true);
  }

  /** A row for the selected positions of the regions. */
  public static RowIndex of(RegionMaps organs, Selection selection) {
    boolean[][] inside = organs.inside();
    int positions = inside[0].length;
    int[] rows = new int[positions * inside.length];
    int[] starts = new int[(positions + BLOCK - 1) / BLOCK + 1];
    // Blocks are counted before they are numbered, so that numbers do not depend on threads.
    Kernels.parallel(
        starts.length - 1, block -> starts[block + 1] = number(inside, selection, block, rows));
    for (int block = 1; block < starts.length; block++) {
      starts[block] += starts[block - 1];
    }
    Kernels.parallel(
        starts.length - 1,
        block -> {
          int end = Math.min(positions, (block + 1) * BLOCK) * inside.length;
          for (int i = block * BLOCK * inside.length; i < end; i++) {
            rows[i] += rows[i] < 0 ? 0 : starts[block];
          }
        });
    return new RowIndex(inside.length, rows, starts[starts.length - 1]);
  }

  /** Numbers a block's rows from 0; returns their number. */
  private static int number(boolean[][] inside, Selection selection, int block, int[] rows) {
    int next = 0;
    int end = Math.min(inside[0].length, (block + 1) * BLOCK);
    for (int position = block * BLOCK; position < end; position++) {
      for (int k = 0; k < inside.length; k++) {
        boolean has = inside[k][position] && selection.has(position, k);
        rows[position * inside.length + k] = has ? next++ : -1;
      }
    }
    return next;
  }

  /**
   * Visits all rows on all threads.
   *
   * @param visitors gives a visitor for each part of the rows; a visitor is used by one thread
   */
  public void forEach(Supplier<Visitor> visitors) {
    Kernels.parallel(
        (rows.length / teachers + BLOCK - 1) / BLOCK,
        block -> {
          Visitor visitor = visitors.get();
          int end = Math.min(rows.length, (block + 1) * BLOCK * teachers);
          for (int i = block * BLOCK * teachers; i < end; i++) {
            if (rows[i] >= 0) {
              visitor.accept(rows[i], i / teachers, i % teachers);
            }
          }
        });
  }

  /** The number of rows to allocate, some of them unused: {@link #capacity(int)}. */
  public int capacity() {
    return capacity(count);
  }

  /**
   * The number of rows to allocate for so many that are used, at least one. It takes few different
   * values, as ND4J keeps every shape that it has seen.
   */
  static int capacity(int used) {
    int needed = Math.max(1, used);
    int grain = Math.max(32, Integer.highestOneBit(needed) / 8);
    return (needed + grain - 1) / grain * grain;
  }
}
