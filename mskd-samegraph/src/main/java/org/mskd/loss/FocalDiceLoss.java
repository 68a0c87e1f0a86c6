package org.mskd.loss;

import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Focal loss (Lin et al., <i>Focal Loss for Dense Object Detection</i>, ICCV 2017, without class
 * weights) plus a multiple of one minus the soft Dice of the organ channels, Dice over the whole
 * batch as in {@link DiceCrossEntropyLoss}:
 *
 * <pre>
 * focal = -(1/N) Σ_i (1 - p_{i,y_i})^γ log p_{i,y_i}
 * L     = focal + w (1 - Dice)
 * </pre>
 *
 * with p = softmax over the channels, log p = log-softmax, over all N pixels of the batch. With γ =
 * 0 the focal loss is the cross-entropy.
 *
 * @param total L, a scalar
 * @param terms focal and 1 - Dice, {@code [2]}
 */
public record FocalDiceLoss(SDVariable total, SDVariable terms) {
  static {
    KernelOp.register(new FocalDiceOp());
  }

  /**
   * Adds the loss to a graph.
   *
   * @param logits {@code [batch, height, width, channels]}, channel 0 the background
   * @param classes {@code [batch, height, width]}, each pixel's class as a whole number
   * @param gamma γ, at least 0
   * @param diceWeight w, at least 0
   */
  public static FocalDiceLoss of(
      SameDiff graph, SDVariable logits, SDVariable classes, double gamma, double diceWeight) {
    SDVariable[] loss =
        new FocalDiceOp(graph, logits, classes, gamma, diceWeight).outputVariables();
    return new FocalDiceLoss(loss[0].sum(), loss[1]);
  }
}
