package org.mskd.loss;

import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The cross-entropy of {@link MarginalLoss} alone, without Dice:
 *
 * <pre>
 * CE = -(1/N) Σ_i log p_{y_i},   y_i = rest outside the annotated organs
 * </pre>
 *
 * over the N pixels of the batch's annotated slices; 0 where no slice of the batch is annotated.
 *
 * @param total CE, a scalar
 * @param terms CE, {@code [1]}
 */
public record MarginalCrossEntropy(SDVariable total, SDVariable terms) {
  static {
    KernelOp.register(new MarginalCrossEntropyOp());
  }

  /**
   * Adds the loss to a graph.
   *
   * @param logits {@code [batch, height, width, K+1]}, channel 0 the background
   * @param classes {@code [batch, height, width]}: the channel of the annotated organ, else 0
   * @param annotated {@code [batch, K]}: 1 where the slice's data set annotates the organ of
   *     channel k + 1, else 0
   */
  public static MarginalCrossEntropy of(
      SameDiff graph, SDVariable logits, SDVariable classes, SDVariable annotated) {
    SDVariable[] loss =
        new MarginalCrossEntropyOp(graph, logits, classes, annotated).outputVariables();
    return new MarginalCrossEntropy(loss[0].sum(), loss[1]);
  }
}
