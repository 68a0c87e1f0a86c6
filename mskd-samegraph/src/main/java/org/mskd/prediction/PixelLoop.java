package org.mskd.prediction;

import java.util.function.IntConsumer;
import org.mskd.graph.kernel.Kernels;

/** Work on independent pixels, in parallel. */
final class PixelLoop {
  private PixelLoop() {}

  /**
   * Does the work of each pixel once; each thread has a range of them.
   *
   * @param pixels how many there are, numbered from 0
   */
  static void forEach(int pixels, IntConsumer work) {
    int parts = Kernels.threads();
    Kernels.parallel(
        parts,
        part -> {
          int end = (int) ((long) pixels * (part + 1) / parts);
          for (int i = (int) ((long) pixels * part / parts); i < end; i++) {
            work.accept(i);
          }
        });
  }
}
