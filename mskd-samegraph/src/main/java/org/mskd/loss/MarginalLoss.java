package org.mskd.loss;

import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The marginal loss of Shi et al. (<i>Marginal loss and exclusion loss for partially supervised
 * multi-organ segmentation</i>, Medical Image Analysis 2021): cross-entropy and Dice where the
 * organs that a slice's data set does not annotate are merged with the background. Merged are the
 * probabilities:
 *
 * <pre>
 * p = softmax(z),   p_rest = Σ_{c not annotated} p_c
 * CE   = -(1/N) Σ_i log p_{y_i}, with y_i = rest outside the annotated organs
 * Dice = mean over annotated organs o of (2 Σ_i p_o y_o + s) / (Σ_i p_o + Σ_i y_o + s),  s = 1e-5
 * </pre>
 *
 * over the N pixels of the batch's annotated slices; Dice of an organ over all slices that annotate
 * it. Both are 0 where no slice of the batch is annotated. For logits (2, 0.5, 1) of background and
 * two organs of which the second is not annotated p_rest is 0.860. (The code that the authors
 * released adds the logits instead, which gives 0.924.)
 *
 * @param total CE + 1 - Dice, a scalar
 * @param terms CE and 1 - Dice, {@code [2]}
 */
public record MarginalLoss(SDVariable total, SDVariable terms) {
  static {
    KernelOp.register(new MarginalLossOp());
  }

  /**
   * Adds the loss to a graph.
   *
   * @param logits {@code [batch, height, width, K+1]}, channel 0 the background
   * @param classes {@code [batch, height, width]}: the channel of the annotated organ, else 0
   * @param annotated {@code [batch, K]}: 1 where the slice's data set annotates the organ of
   *     channel k + 1, else 0
   */
  public static MarginalLoss of(
      SameDiff graph, SDVariable logits, SDVariable classes, SDVariable annotated) {
    return of(new MarginalLossOp(graph, logits, classes, annotated));
  }

  /**
   * Adds the loss of slices whose pixels are of several data sets. Merged are at each pixel the
   * organs that its own data set does not annotate. N are the pixels whose data set annotates
   * anything; Dice of an organ is over the pixels whose data set annotates it.
   *
   * @param logits as above
   * @param classes as above
   * @param annotated as above
   * @param owners {@code [batch, height, width]}: the row of {@code annotated} that holds for a
   *     pixel
   */
  public static MarginalLoss ofMixed(
      SameDiff graph,
      SDVariable logits,
      SDVariable classes,
      SDVariable annotated,
      SDVariable owners) {
    return of(new MarginalLossOp(graph, logits, classes, annotated, owners));
  }

  private static MarginalLoss of(MarginalLossOp op) {
    SDVariable[] loss = op.outputVariables();
    return new MarginalLoss(loss[0].sum().rename("marginalLoss"), loss[1].rename("marginalTerms"));
  }
}
