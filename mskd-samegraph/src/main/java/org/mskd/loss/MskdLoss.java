package org.mskd.loss;

import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.Distillation;
import org.mskd.graph.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The whole loss of MS-KD (arXiv 2108.02559, equation 6):
 *
 * <pre>L = Σ_k L^k_logit + λ1 L^B_logit + λ2 Σ_k L^{k,l}_feat</pre>
 *
 * @param total L, a scalar
 * @param logitTerms the K organ logit terms and the background term, {@code [K+1]}
 * @param featureTerms the K feature terms, {@code [K]}
 */
public record MskdLoss(SDVariable total, SDVariable logitTerms, SDVariable featureTerms) {
  static {
    KernelOp.register(new LogitLossOp());
    KernelOp.register(new FeatureLossOp());
  }

  /**
   * Adds the loss to a graph.
   *
   * @param logits the student's, {@code [batch, height, width, K+1]}
   * @param features the student's encoder output at the level of {@code weights}, {@code [batch,
   *     height/2^l, width/2^l, C]}
   * @param teacherLogits K times {@code [batch, height, width, 2]}
   * @param teacherFeatures K times the shape of {@code features}
   */
  public static MskdLoss of(
      SameDiff graph,
      SDVariable logits,
      SDVariable features,
      List<SDVariable> teacherLogits,
      List<SDVariable> teacherFeatures,
      Distillation weights) {
    SDVariable[] logitLoss =
        new LogitLossOp(
                graph,
                weights.backgroundWeight(),
                weights.temperature(),
                inputs(logits, teacherLogits, List.of()))
            .outputVariables();
    SDVariable[] featureLoss =
        new FeatureLossOp(
                graph, weights.featureWeight(), inputs(features, teacherFeatures, teacherLogits))
            .outputVariables();
    SDVariable total = logitLoss[0].add(featureLoss[0]).sum().rename("loss");
    return new MskdLoss(
        total, logitLoss[1].rename("logitTerms"), featureLoss[1].rename("featureTerms"));
  }

  private static SDVariable[] inputs(
      SDVariable first, List<SDVariable> second, List<SDVariable> third) {
    List<SDVariable> inputs = new ArrayList<>();
    inputs.add(first);
    inputs.addAll(second);
    inputs.addAll(third);
    return inputs.toArray(new SDVariable[0]);
  }
}
