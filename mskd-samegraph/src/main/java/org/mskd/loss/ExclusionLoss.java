package org.mskd.loss;

import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The exclusion loss of Shi et al. (Medical Image Analysis 2021): no pixel has two organs, so where
 * an annotated organ is, the organs that are not annotated must not be predicted. With e_i = 1 on
 * annotated organs, and u the organs that the slice's data set does not annotate:
 *
 * <pre>
 * eCE   = (1/N) Σ_i e_i Σ_u log(p_u + 1)
 * eDice = mean over u of 2 Σ_i p_u e / (Σ_i p_u + Σ_i e + s),   s = 1e-5
 * </pre>
 *
 * over the N pixels of the batch's annotated slices; eDice of an organ over the annotated slices
 * that do not annotate it. Both are 0 where every organ is annotated.
 *
 * @param total eCE + eDice, a scalar
 * @param terms eCE and eDice, {@code [2]}
 */
public record ExclusionLoss(SDVariable total, SDVariable terms) {
  static {
    KernelOp.register(new ExclusionLossOp());
  }

  /**
   * Adds the loss to a graph.
   *
   * @param logits {@code [batch, height, width, K+1]}, channel 0 the background
   * @param classes {@code [batch, height, width]}: the channel of the annotated organ, else 0
   * @param annotated {@code [batch, K]}: 1 where the slice's data set annotates the organ of
   *     channel k + 1, else 0
   */
  public static ExclusionLoss of(
      SameDiff graph, SDVariable logits, SDVariable classes, SDVariable annotated) {
    SDVariable[] loss = new ExclusionLossOp(graph, logits, classes, annotated).outputVariables();
    return new ExclusionLoss(
        loss[0].sum().rename("exclusionLoss"), loss[1].rename("exclusionTerms"));
  }
}
