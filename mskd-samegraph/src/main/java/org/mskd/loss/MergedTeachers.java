package org.mskd.loss;

import org.mskd.graph.kernel.HostFloats;
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
   * @param probabilities receives them, a dense array {@code [batch, height, width, K+1]}
   */
  public static void of(INDArray margins, double temperature, INDArray probabilities) {
    int organs = (int) margins.size(3);
    HostFloats given = HostFloats.read(margins);
    Probabilities.of(
        (first, logits, count) -> {
          given.get(first * organs, logits, count * organs);
          withBackground(logits, count, organs);
        },
        temperature,
        probabilities);
  }

  /** Puts a background logit of 0 before the margins of each pixel, in place from the last on. */
  private static void withBackground(float[] logits, int count, int organs) {
    for (int i = count - 1; i >= 0; i--) {
      int to = i * (organs + 1);
      System.arraycopy(logits, i * organs, logits, to + 1, organs);
      logits[to] = 0;
    }
  }
}
