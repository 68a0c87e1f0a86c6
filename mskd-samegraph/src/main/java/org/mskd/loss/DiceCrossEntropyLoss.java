package org.mskd.loss;

import java.util.List;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The teachers' loss: mean pixel cross-entropy plus one minus the soft Dice of the organ channels,
 * Dice over the whole batch, since single slices are often empty.
 *
 * <pre>
 * CE   = -(1/N) Σ_i Σ_c y_ic log p_ic
 * Dice = mean over c ≥ 1 of (2 Σ_i p_ic y_ic + s) / (Σ_i p_ic + Σ_i y_ic + s),   s = 1e-5
 * </pre>
 *
 * with p = softmax over the channels and log p = log-softmax.
 *
 * @param total CE + 1 - Dice, a scalar
 * @param terms CE and 1 - Dice, {@code [2]}
 */
public record DiceCrossEntropyLoss(SDVariable total, SDVariable terms) {
  static {
    KernelOp.register(new DiceCrossEntropyOp());
  }

  /**
   * Adds the loss to a graph.
   *
   * @param logits {@code [batch, height, width, channels]}, channel 0 the background
   * @param classes {@code [batch, height, width]}, each pixel's class as a whole number
   */
  public static DiceCrossEntropyLoss of(SameDiff graph, SDVariable logits, SDVariable classes) {
    SDVariable[] loss = new DiceCrossEntropyOp(graph, logits, classes).outputVariables();
    return new DiceCrossEntropyLoss(loss[0].sum().rename("loss"), loss[1].rename("terms"));
  }

  /** The terms {@code crossEntropy} and {@code diceLoss}; {@link #total} is their sum. */
  public List<LossTerm> named() {
    return List.of(new LossTerm("crossEntropy", terms, 0), new LossTerm("diceLoss", terms, 1));
  }
}
