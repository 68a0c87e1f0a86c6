package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.Distillation;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;
import org.mskd.training.TensorBatch;
import org.mskd.training.Trainer;

/**
 * Consistency with soft pseudo-labels (after PseudoSeg: Zou, Zhang, Zhang, Li, Bian, Huang,
 * Pfister, <i>PseudoSeg: designing pseudo labels for semantic segmentation</i>, ICLR 2021):
 *
 * <pre>
 * L = CE + 1 - Dice on labels (weak view) + λ (1/N) Σ_i Σ_c -t_ic log q_ic (strong view)
 * t = p^(1/T) / Σ p^(1/T),   p = softmax(0, m_1, .., m_K)
 * </pre>
 *
 * The weak view is the batch's image, with the augmentation of every method; the strong view is the
 * same image with contrast, brightness, gamma, noise or blur changed ({@link StrongView}), so that
 * pixels stay where they are. Both go through the network in one pass. q is the student's softmax
 * on the strong view. t is a constant: the merged teachers' probabilities on the weak view,
 * sharpened by T below 1 ({@link org.mskd.loss.MergedTeachers}). The supervised part is the {@link
 * org.mskd.loss.MarginalLoss} on the organs that each slice's data set annotates. The history shows
 * the consistency as the divergence KL(t ‖ q), which is less than the cross-entropy by the targets'
 * entropy, a constant.
 *
 * <p>Defaults: T = 0.5 and λ = 1, those of the paper's code. The paper makes pseudo-labels of the
 * network itself and its class activation maps, for images that are labelled completely or not at
 * all; here frozen single-organ teachers give them, and every slice is both labelled and
 * unlabelled. It leaves open what to do where a target contradicts a label: here the target is kept
 * as the teachers give it, also of the organ that is annotated.
 */
public final class SoftLabelsMethod implements TrainingMethod {
  private static final Option<Double> TEMPERATURE =
      Option.number(
          "temperature",
          0.5,
          Distillation.LOWEST_TEMPERATURE,
          Distillation.HIGHEST_TEMPERATURE,
          "T of the pseudo-labels: below 1 they are sharpened");
  private static final Option<Double> CONSISTENCY_WEIGHT =
      Option.number(
          "consistencyWeight",
          1,
          0,
          "λ, weight of the cross-entropy with the pseudo-labels on the strong view; 0: labels"
              + " alone");

  @Override
  public String id() {
    return "soft-labels";
  }

  @Override
  public String description() {
    return "labels, and the teachers' sharpened probabilities for a strongly augmented view (after"
        + " PseudoSeg, Zou et al. 2021)";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(TEMPERATURE, CONSISTENCY_WEIGHT);
  }

  @Override
  public OptionValues effective(OptionValues options) {
    return usesTeachers(options) ? options : options.with(TEMPERATURE, TEMPERATURE.defaultValue());
  }

  @Override
  public Requirements requires(OptionValues options) {
    return usesTeachers(options)
        ? Requirements.teachers(TeacherRequirement.logits()).withAnnotations()
        : Requirements.annotated();
  }

  private static boolean usesTeachers(OptionValues options) {
    return options.get(CONSISTENCY_WEIGHT) > 0;
  }

  @Override
  public Trainer trainer(TrainingContext context, OptionValues options) {
    List<Objective> objectives = new ArrayList<>();
    objectives.add(new MarginalObjective("", 1));
    if (!usesTeachers(options)) {
      return GraphTrainer.of(context, objectives);
    }
    objectives.add(
        new MergedTeacherObjective(
            "consistency", StrongView.IMAGE, 1, options.get(CONSISTENCY_WEIGHT)));
    return GraphTrainer.of(
        context,
        TrainedNetwork.plain(context).reading(List.of(TensorBatch.IMAGE, StrongView.IMAGE)),
        new StrongView(context).then(new MergedTeacherTargets(options.get(TEMPERATURE))),
        objectives);
  }
}
