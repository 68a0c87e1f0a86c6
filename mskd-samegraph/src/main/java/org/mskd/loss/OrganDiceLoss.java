package org.mskd.loss;

import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Dice of each organ's own classifier, with a weight for each pixel and organ, beside {@link
 * OrganBinaryLoss}:
 *
 * <pre>
 * L = Σ_g (1 - mean over organs k of (2 Σ_i w_ik p_ik t_ik + s) / (Σ_i w_ik (p_ik + t_ik) + s)),  s = 1e-5
 * </pre>
 *
 * over the pixels i of each group g of slices, with p_ik = σ(m_ik), m, t and the weights w_ik =
 * w_{r(i),k} as in {@link OrganBinaryLoss}. An organ without weight in a group is left out of its
 * mean; a group without any organ counts as 0.
 *
 * @param total L, a scalar
 * @param terms 1 - Dice of each group, {@code [groups]}
 */
public record OrganDiceLoss(SDVariable total, SDVariable terms) {
  static {
    KernelOp.register(new OrganDiceOp());
  }

  /**
   * Adds the loss to a graph.
   *
   * @param logits {@code [batch, height, width, K+1]}, channel 0 the background
   * @param classes {@code [batch, height, width]}, each pixel's class as a whole number
   * @param rows {@code [batch, height, width]}, each pixel's row of the weights, from 0
   * @param weights {@code [rows, K]}, at least 0
   * @param groups into how many groups of equal size the batch is split
   */
  public static OrganDiceLoss of(
      SameDiff graph,
      SDVariable logits,
      SDVariable classes,
      SDVariable rows,
      SDVariable weights,
      int groups) {
    SDVariable[] loss =
        new OrganDiceOp(graph, logits, classes, rows, weights, groups).outputVariables();
    return new OrganDiceLoss(loss[0].sum(), loss[1]);
  }
}
