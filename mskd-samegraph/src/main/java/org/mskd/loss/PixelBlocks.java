package org.mskd.loss;

import org.mskd.graph.kernel.Kernels;

/**
 * Processes the pixels of a batch in blocks whose size depends on their number alone, so that sums
 * do not depend on the number of threads: each block has its own sums, which are added in the order
 * of blocks.
 */
final class PixelBlocks {
  /** Blocks are multiples of so many pixels. */
  private static final int BLOCK = 2048;

  /** The largest number of blocks: the memory of their sums does not grow with the batch. */
  private static final int MOST = 256;

  /**
   * The largest number of pixels of a run. A block is processed run by run, so that a run stays in
   * the cache.
   */
  static final int RUN = 256;

  private PixelBlocks() {}

  /** The work on one block. */
  interface Body {
    /**
     * @param first its first pixel, a multiple of {@link #RUN}
     * @param count its number of pixels
     * @param sums the block's own sums, zero at first
     */
    void accept(int first, int count, double[] sums);
  }

  /**
   * @param pixels their number
   * @param sums the number of sums
   * @return the sums over all pixels
   */
  static double[] sum(int pixels, int sums, Body body) {
    int size = BLOCK * Math.max(1, rounded(rounded(pixels, BLOCK), MOST));
    int blocks = rounded(pixels, size);
    double[][] partial = new double[blocks][sums];
    Kernels.parallel(
        blocks,
        block -> {
          int first = block * size;
          body.accept(first, Math.min(size, pixels - first), partial[block]);
        });
    double[] total = new double[sums];
    for (double[] part : partial) {
      for (int i = 0; i < sums; i++) {
        total[i] += part[i];
      }
    }
    return total;
  }

  /** A quotient, rounded up. */
  private static int rounded(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  /**
   * The length of the next run.
   *
   * @param at its first pixel
   * @param end of the block
   * @param area pixels per slice, as a run does not cross slices
   */
  static int run(int at, int end, int area) {
    return Math.min(Math.min(RUN, end - at), area - at % area);
  }

  /** The sum of some values, in order. */
  static double total(double[] values, int from, int count) {
    double total = 0;
    for (int i = from; i < from + count; i++) {
      total += values[i];
    }
    return total;
  }
}
