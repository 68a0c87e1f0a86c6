package org.mskd.loss;

import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Binary cross-entropy of each organ, with a weight for each pixel and organ, so that organs that a
 * pixel's data set does not annotate can be left out:
 *
 * <pre>
 * L = Σ_s (1/A) Σ_i Σ_k w_{r(i),k} -(t_ik log σ(m_ik) + (1 - t_ik) log(1 - σ(m_ik)))
 * m_ik = z_ik - z_i0,   σ(m) = 1 / (1 + exp(-m)),   t_ik = 1 where pixel i is of class k, else 0
 * </pre>
 *
 * over the slices s, the A pixels i of a slice, and the organs k = 1..K. r(i) is the row of weights
 * of a pixel: a slice may be mixed of slices of several data sets. The logit of an organ's own
 * classifier is the difference of its channel and the background's. So the class of the largest of
 * the K+1 logits is the organ of the largest σ(m_ik), or background where that is at most 0.5.
 *
 * @param total L, a scalar
 * @param terms the sum over each group of slices, {@code [groups]}
 */
public record OrganBinaryLoss(SDVariable total, SDVariable terms) {
  static {
    KernelOp.register(new OrganBinaryOp());
  }

  /**
   * Adds the loss to a graph.
   *
   * @param logits {@code [batch, height, width, K+1]}, channel 0 the background
   * @param classes {@code [batch, height, width]}, each pixel's class as a whole number
   * @param rows {@code [batch, height, width]}, each pixel's row of the weights, from 0
   * @param weights {@code [rows, K]}, at least 0
   * @param groups into how many groups of equal size the terms split the batch
   */
  public static OrganBinaryLoss of(
      SameDiff graph,
      SDVariable logits,
      SDVariable classes,
      SDVariable rows,
      SDVariable weights,
      int groups) {
    SDVariable[] loss =
        new OrganBinaryOp(graph, logits, classes, rows, weights, groups).outputVariables();
    return new OrganBinaryLoss(loss[0].sum(), loss[1]);
  }
}
