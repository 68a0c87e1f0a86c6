package org.mskd.loss;

import java.util.Arrays;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * K single-organ teachers as one network of K+1 channels:
 *
 * <pre>
 * t = softmax((0, m_1, .., m_K) / T),   m_k teacher k's organ logit minus its background logit
 * </pre>
 *
 * Its largest channel is the class of the merged teachers: the organ of the largest margin, or the
 * background where no margin is above 0. With K = 1 and T = 1 it is the teacher itself. As powers
 * of probabilities are multiples of logits, t is {@code p^(1/T) / Σ p^(1/T)} of the probabilities p
 * at T = 1: with T above 1 softened, with T below 1 sharpened.
 */
public final class MergedTeachers {
  private MergedTeachers() {}

  /**
   * The probabilities of a batch.
   *
   * @param margins {@code [batch, height, width, K]}
   * @param temperature T, above 0
   * @param pool provides the array; the caller returns it
   * @return {@code [batch, height, width, K+1]}
   */
  public static INDArray of(INDArray margins, double temperature, ArrayPool pool) {
    int organs = (int) margins.size(3);
    int channels = organs + 1;
    int pixels = (int) (margins.length() / organs);
    float[] merged = new float[pixels * channels];
    HostFloats given = HostFloats.read(margins);
    PixelBlocks.sum(
        pixels,
        0,
        (first, count, none) -> {
          Softmax softmax = new Softmax(channels, PixelBlocks.RUN);
          float[] m = new float[PixelBlocks.RUN * organs];
          float[] z = new float[PixelBlocks.RUN * channels];
          int run;
          for (int at = first; at < first + count; at += run) {
            run = Math.min(PixelBlocks.RUN, first + count - at);
            given.get(at * organs, m, run * organs);
            Arrays.fill(z, 0);
            for (int i = 0; i < run; i++) {
              System.arraycopy(m, i * organs, z, i * channels + 1, organs);
            }
            softmax.load(z, run, 1 / temperature);
            for (int i = 0; i < run; i++) {
              for (int c = 0; c < channels; c++) {
                merged[(at + i) * channels + c] = (float) softmax.p[c * run + i];
              }
            }
          }
        });
    return pool.floats(merged, margins.size(0), margins.size(1), margins.size(2), channels);
  }
}
