package org.mskd.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.Distillation;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The whole loss of MS-KD (arXiv 2108.02559, equation 6), with as many levels as are asked for and
 * the hard-label term, which the source does not have:
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
   * @param teachers what the K teachers say, with features of the student's levels
   * @param labels asked for where {@link Distillation#usesLabels}
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
}
