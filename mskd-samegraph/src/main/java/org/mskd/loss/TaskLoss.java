package org.mskd.loss;

import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Binary cross-entropy and Dice of a network that segments one organ in each slice, against the
 * rest. With z the logit, p = sigmoid(z), y = 1 where the pixel is of its slice's organ, else 0:
 *
 * <pre>
 * CE   = -(1/N) Σ_i (y_i log p_i + (1 - y_i) log(1 - p_i))
 * Dice = mean over organs o of (2 Σ_i p_i y_i + s) / (Σ_i p_i + Σ_i y_i + s),   s = 1e-5
 * </pre>
 *
 * over the N pixels of slices that have a task; Dice of an organ over all slices of the batch with
 * this task, mean over the organs that are a task in the batch. Both are 0 where no slice has one.
 *
 * @param total CE + 1 - Dice, a scalar
 * @param terms CE and 1 - Dice, {@code [2]}
 */
public record TaskLoss(SDVariable total, SDVariable terms) {
  static {
    KernelOp.register(new TaskLossOp());
  }

  /**
   * Adds the loss to a graph.
   *
   * @param logits {@code [batch, height, width, 1]}, of the organ that is the slice's task
   * @param classes {@code [batch, height, width]}, the channel 1..K of each pixel's organ, else 0
   * @param tasks {@code [batch, 1, K]}, one-hot; zeros for a slice that does not count
   */
  public static TaskLoss of(
      SameDiff graph, SDVariable logits, SDVariable classes, SDVariable tasks) {
    SDVariable[] loss = new TaskLossOp(graph, logits, classes, tasks).outputVariables();
    return new TaskLoss(loss[0].sum().rename("taskLoss"), loss[1].rename("taskTerms"));
  }
}
