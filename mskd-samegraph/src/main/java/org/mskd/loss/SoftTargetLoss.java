package org.mskd.loss;

import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Divergence from soft targets, weighted by pixel:
 *
 * <pre>
 * L = (1/N) Σ_i w_i Σ_c t_ic (log t_ic - log q_ic),   q = softmax(z / T),   0 log 0 = 0
 * ∂L/∂z_ic = w_i (q_ic Σ_c' t_ic' - t_ic) / (T N)
 * </pre>
 *
 * over all N pixels of the batch, whatever their weights. Its gradient is that of the cross-entropy
 * with the same targets, as the targets are constants.
 *
 * @param total L, a scalar
 * @param terms L, {@code [1]}
 */
public record SoftTargetLoss(SDVariable total, SDVariable terms) {
  static {
    KernelOp.register(new SoftTargetOp());
  }

  /**
   * Adds the loss to a graph. A graph may have several of them.
   *
   * @param logits {@code [batch, height, width, channels]}
   * @param targets probabilities in the same shape; nothing flows into them
   * @param weights {@code [batch, height, width]}, at least 0
   * @param temperature T of the logits, above 0; the targets are taken as they are
   */
  public static SoftTargetLoss of(
      SameDiff graph,
      SDVariable logits,
      SDVariable targets,
      SDVariable weights,
      double temperature) {
    SDVariable[] loss =
        new SoftTargetOp(graph, logits, targets, weights, temperature).outputVariables();
    return new SoftTargetLoss(loss[0].sum(), loss[1]);
  }
}
