package org.mskd.graph;

import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes each value of an array from the values of two arrays of its shape, block by block. */
final class PairedValues {
  private PairedValues() {}

  /** The computation of one block. */
  @FunctionalInterface
  interface Block {
    /**
     * @param first values of the first array, which receive the results
     * @param second values of the second array
     * @param count how many there are
     */
    void apply(float[] first, float[] second, int count);
  }

  /**
   * Computes all blocks in parallel.
   *
   * @param in two arrays of one shape
   * @param out receives the results
   */
  static void compute(INDArray[] in, INDArray out, Block block) {
    Tiling tiling = Tiling.of(in[0].shape());
    try (HostFloats first = HostFloats.read(in[0]);
        HostFloats second = HostFloats.read(in[1]);
        HostFloats result = HostFloats.write(out)) {
      Kernels.parallel(
          tiling.tasks(),
          task -> {
            float[] values = tiling.buffer(0);
            float[] others = tiling.buffer(1);
            int end = tiling.end(task);
            for (int at = tiling.begin(task); at < end; at += values.length) {
              int count = Math.min(values.length, end - at);
              first.get(at, values, count);
              second.get(at, others, count);
              block.apply(values, others, count);
              result.put(at, values, count);
            }
          });
    }
  }
}
