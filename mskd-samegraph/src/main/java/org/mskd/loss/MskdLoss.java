package org.mskd.loss;

import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.Distillation;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The loss of MS-KD (arXiv 2108.02559, equation 6), with one or several feature levels:
 *
 * <pre>L = Σ_k L^k_logit + λ1 L^B_logit + λ2 Σ_l Σ_k L^{k,l}_feat</pre>
 *
 * A feature term whose weight is 0 is not in the graph.
 *
 * @param total L, a scalar
 * @param logitTerms the K organ logit terms and the background term, {@code [K+1]}
 * @param featureTerms for each level the K feature terms, {@code [K]}
 */
public record MskdLoss(SDVariable total, SDVariable logitTerms, List<SDVariable> featureTerms) {
  static {
    KernelOp.register(new LogitLossOp());
    KernelOp.register(new FeatureLossOp());
  }

  public MskdLoss {
    featureTerms = List.copyOf(featureTerms);
  }

  /**
   * Adds the loss to a graph.
   *
   * @param student K+1 outputs
   * @param teachers targets from the K teachers, with features of the student's levels
   */
  public static MskdLoss of(
      SameDiff graph, NetworkOutputs student, TeacherTargets teachers, Distillation settings) {
    SDVariable[] logitLoss =
        new LogitLossOp(graph, settings, student.logits(), teachers.margins()).outputVariables();
    SDVariable total = logitLoss[0];
    List<SDVariable> featureTerms = new ArrayList<>();
    for (int level = 0; settings.usesFeatures() && level < student.features().size(); level++) {
      SDVariable[] loss =
          new FeatureLossOp(
                  graph, settings, student.features().get(level), teachers.features().get(level))
              .outputVariables();
      total = total.add(loss[0]);
      featureTerms.add(loss[1].rename("featureTerms" + level));
    }
    return new MskdLoss(
        total.sum().rename("loss"), logitLoss[1].rename("logitTerms"), featureTerms);
  }

  /**
   * Every term with its name: {@code logit.ORGAN}, {@code logit.background} and {@code
   * feature.ORGAN.levelN}. {@link #total} is their weighted sum.
   *
   * @param organs names of channels 1..K
   * @param levels of the feature terms, as many as the loss has
   */
  public List<LossTerm> named(List<String> organs, List<Integer> levels) {
    List<LossTerm> terms = new ArrayList<>();
    for (int k = 0; k < organs.size(); k++) {
      terms.add(new LossTerm("logit." + organs.get(k), logitTerms, k));
      for (int level = 0; level < featureTerms.size(); level++) {
        String name = "feature." + organs.get(k) + ".level" + levels.get(level);
        terms.add(new LossTerm(name, featureTerms.get(level), k));
      }
    }
    terms.add(new LossTerm("logit.background", logitTerms, organs.size()));
    return terms;
  }
}
