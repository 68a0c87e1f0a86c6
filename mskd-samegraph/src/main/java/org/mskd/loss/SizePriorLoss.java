package org.mskd.loss;

import java.util.List;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The prior term of PaNN (Zhou et al., <i>Prior-aware neural network for partially-supervised
 * multi-organ segmentation</i>, ICCV 2019): the network's mean prediction over the data should be
 * the known distribution of organ sizes.
 *
 * <pre>
 * J(p̄) = -Σ_l [q_l log p̄_l + (1 - q_l) log(1 - p̄_l)],   l = 0..K, the background included
 * </pre>
 *
 * q_l is the share of pixels of class l, p̄_l the mean probability of class l over all data. J is
 * least at p̄ = q. As p̄ is no mean of a batch, the gradient of J by a batch's p̄ would be biased.
 * The paper writes J as a maximum over dual variables, {@code -log a = max_ν (ν a + 1 + log -ν)},
 * and makes stochastic steps in both. For a given p̄ the maximum is at {@code ν_l = -1/p̄_l} and
 * {@code μ_l = -1/(1 - p̄_l)}; the network's gradient is then linear in the batch:
 *
 * <pre>
 * Σ_l [-q_l / p̄_l + (1 - q_l) / (1 - p̄_l)] ∂p_l
 * </pre>
 *
 * p_l the batch's mean. Here p̄ is a running mean {@code (1 - r) p̄_before + r p}, and the dual
 * variables are the exact ones for it, so that they need no learning rate. With r = 1 it is the
 * gradient of J at the batch's own mean. The batch is part of p̄, so that p_l / p̄_l is at most 1 /
 * r and no step is arbitrarily large.
 *
 * @param total J at the running mean, a scalar; its gradient is the one above
 * @param terms J, then p̄ of each class, {@code [K+2]}
 */
public record SizePriorLoss(SDVariable total, SDVariable terms) {
  static {
    KernelOp.register(new SizePriorOp());
  }

  /**
   * Adds the loss to a graph.
   *
   * @param logits {@code [batch, height, width, K+1]}, channel 0 the background
   * @param mean the running mean before, {@code [K+1]}
   * @param rate r, the weight of this batch in it, above 0 and at most 1, {@code [1]}
   * @param shares q of the classes 0..K, which add up to 1
   * @param slices how many slices of the batch count, from the first on
   */
  public static SizePriorLoss of(
      SameDiff graph,
      SDVariable logits,
      SDVariable mean,
      SDVariable rate,
      List<Double> shares,
      int slices) {
    SDVariable[] loss =
        new SizePriorOp(graph, logits, mean, rate, shares, slices).outputVariables();
    return new SizePriorLoss(loss[0].sum(), loss[1]);
  }
}
