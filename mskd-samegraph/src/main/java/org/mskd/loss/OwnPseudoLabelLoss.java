package org.mskd.loss;

import java.util.List;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * {@link DiceCrossEntropyLoss} on pseudo-labels that are made of the network's own output in the
 * same pass. The class of a pixel is
 *
 * <ol>
 *   <li>the annotated organ, where the slice's data set annotates one there;
 *   <li>else the largest logit among the background and the organs that the data set does not
 *       annotate, of equal ones the first. An organ that it does annotate is excluded there.
 * </ol>
 *
 * The pseudo-labels are constants: the gradient is that of the loss with the same classes given.
 *
 * @param total CE + 1 - Dice, a scalar
 * @param terms CE and 1 - Dice, {@code [2]}
 */
public record OwnPseudoLabelLoss(SDVariable total, SDVariable terms) {
  static {
    KernelOp.register(new OwnPseudoLabelOp());
  }

  /**
   * Adds the loss to a graph.
   *
   * @param logits {@code [batch, height, width, K+1]}, channel 0 the background
   * @param classes {@code [batch, height, width]}: the channel of the annotated organ, else 0
   * @param annotated {@code [batch, K]}: 1 where the slice's data set annotates the organ of
   *     channel k + 1, else 0
   */
  public static OwnPseudoLabelLoss of(
      SameDiff graph, SDVariable logits, SDVariable classes, SDVariable annotated) {
    SDVariable[] loss = new OwnPseudoLabelOp(graph, logits, classes, annotated).outputVariables();
    return new OwnPseudoLabelLoss(loss[0].sum(), loss[1]);
  }

  /** The terms by name. */
  public List<LossTerm> named() {
    return List.of(new LossTerm("crossEntropy", terms, 0), new LossTerm("diceLoss", terms, 1));
  }
}
