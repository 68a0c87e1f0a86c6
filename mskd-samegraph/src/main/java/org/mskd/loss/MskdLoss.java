package org.mskd.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.Distillation;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The whole loss of MS-KD (arXiv 2108.02559, equation 6), with one or several feature levels and a
 * hard-label term, which the source does not have:
 *
 * <pre>L = Σ_k L^k_logit + λ1 L^B_logit + λ2 Σ_l Σ_k L^{k,l}_feat + λ_label L_label</pre>
 *
 * A feature or label term whose weight is 0 is not in the graph.
 *
 * @param total L, a scalar
 * @param logitTerms the K organ logit terms and the background term, {@code [K+1]}
 * @param featureTerms for each level the K feature terms, {@code [K]}
 * @param labelTerms cross-entropy and 1 - Dice, {@code [2]}
 */
public record MskdLoss(
    SDVariable total,
    SDVariable logitTerms,
    List<SDVariable> featureTerms,
    Optional<SDVariable> labelTerms) {
  static {
    KernelOp.register(new LogitLossOp());
    KernelOp.register(new FeatureLossOp());
    KernelOp.register(new LabelLossOp());
  }

  public MskdLoss {
    featureTerms = List.copyOf(featureTerms);
  }

  /**
   * Adds the loss to a graph.
   *
   * @param student K+1 outputs
   * @param teachers targets from the K teachers, with features of the student's levels
   * @param labels needed where {@link Distillation#usesLabels}
   */
  public static MskdLoss of(
      SameDiff graph,
      NetworkOutputs student,
      TeacherTargets teachers,
      Optional<OwnLabels> labels,
      Distillation settings) {
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
    Optional<SDVariable> labelTerms = Optional.empty();
    if (settings.usesLabels()) {
      OwnLabels given = labels.orElseThrow();
      SDVariable[] loss =
          new LabelLossOp(
                  graph,
                  settings.labelWeight(),
                  student.logits(),
                  given.classes(),
                  given.channels())
              .outputVariables();
      total = total.add(loss[0]);
      labelTerms = Optional.of(loss[1].rename("labelTerms"));
    }
    return new MskdLoss(
        total.sum().rename("loss"), logitLoss[1].rename("logitTerms"), featureTerms, labelTerms);
  }

  /**
   * Every term with its name: {@code logit.ORGAN}, {@code logit.background}, {@code
   * feature.ORGAN.levelN}, {@code label.crossEntropy} and {@code label.diceLoss}. {@link #total} is
   * their weighted sum.
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
    labelTerms.ifPresent(
        variable -> {
          terms.add(new LossTerm("label.crossEntropy", variable, 0));
          terms.add(new LossTerm("label.diceLoss", variable, 1));
        });
    return terms;
  }
}
