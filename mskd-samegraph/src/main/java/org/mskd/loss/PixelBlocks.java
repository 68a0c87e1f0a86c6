package org.mskd.loss;

import org.mskd.graph.kernel.Kernels;

/**
 * Walks the pixels of a batch in blocks of a fixed size, so that sums come out the same whatever
 * the number of threads: each block sums for itself, then blocks are added in order.
 */
final class PixelBlocks {
  private static final int BLOCK = 2048;

  /** Most pixels of a run, of which a block works on one at a time: they stay in the cache. */
  static final int RUN = 256;

  private PixelBlocks() {}

  /** What is done to one block. */
  interface Body {
    /**
     * @param first its first pixel
     * @param count its number of pixels
     * @param sums the block's own sums, zero at first
     */
    void accept(int first, int count, double[] sums);
  }

  /**
   * @param pixels in all
   * @param sums how many sums there are
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
   * How long the next run is.
   *
   * @param at its first pixel
   * @param end of the block
   * @param area pixels a slice, as a run lies in one
   */
  static int run(int at, int end, int area) {
    return Math.min(Math.min(RUN, end - at), area - at % area);
  }

  /** The sum of the first of some values, in order. */
  static double total(double[] values, int from, int count) {
    double total = 0;
    for (int i = from; i < from + count; i++) {
      total += values[i];
    }
    return total;
  }
}
