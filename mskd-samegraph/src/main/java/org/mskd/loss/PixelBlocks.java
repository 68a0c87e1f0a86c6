package org.mskd.loss;

import org.mskd.graph.kernel.Kernels;

/**
 * Processes the pixels of a batch in blocks of a fixed size, so that sums do not depend on the
 * number of threads: each block has its own sums, which are added in the order of blocks.
 */
final class PixelBlocks {
  private static final int BLOCK = 2048;

  /**
   * The largest number of pixels of a run. A block is processed run by run, so that a run stays in
   * the cache.
   */
  static final int RUN = 256;

  private PixelBlocks() {}

  /** The work on one block. */
  interface Body {
    /**
     * @param first its first pixel
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
    int blocks = (pixels + BLOCK - 1) / BLOCK;
    double[][] partial = new double[blocks][sums];
    Kernels.parallel(
        blocks,
        block -> {
          int first = block * BLOCK;
          body.accept(first, Math.min(BLOCK, pixels - first), partial[block]);
        });
    double[] total = new double[sums];
    for (double[] part : partial) {
      for (int i = 0; i < sums; i++) {
        total[i] += part[i];
      }
    }
    return total;
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
