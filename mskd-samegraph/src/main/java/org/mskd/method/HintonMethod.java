package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.Distillation;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;
import org.mskd.training.TensorBatch;
import org.mskd.training.Trainer;

/**
 * Classic distillation with soft and hard targets (Hinton, Vinyals, Dean: <i>Distilling the
 * knowledge in a neural network</i>, arXiv 1503.02531, 2015), over the whole image and without
 * region masks:
 *
 * <pre>
 * L = α T² KL(t ‖ softmax(z / T)) + (1 - α) CE,   t = softmax((0, m_1, .., m_K) / T)
 * </pre>
 *
 * KL is the mean over all pixels of the batch, z the student's logits. The K teachers are merged
 * into one network of K+1 channels ({@link org.mskd.loss.MergedTeachers}); m_k is teacher k's organ
 * logit minus its background logit. CE is the cross-entropy on what each slice's data set
 * annotates; organs that it does not annotate are merged with the background by their probabilities
 * ({@link org.mskd.loss.MarginalCrossEntropy}). T² keeps the size of the soft term's gradient where
 * T changes: for large T it tends to {@code (z - m) / (K+1)}, less the channels' means, whatever T
 * is.
 *
 * <p>Defaults: T = 2 and α = 0.5, after the paper's speech experiment, which reports a relative
 * weight of 0.5 of the hard targets' cross-entropy and finds T = 2 the best of 1, 2, 5 and 10. The
 * paper leaves open whether the weights of both terms add up to 1 there, names no value for images
 * beyond MNIST (T = 20, or about 2.5 to 4 for a small student), and only states that a considerably
 * lower weight of the hard targets is generally best. Several teachers with one organ each, and
 * partial labels, are not in it. The soft term is written as a divergence, whose gradient is that
 * of the paper's cross-entropy with soft targets.
 */
public final class HintonMethod implements TrainingMethod {
  private static final Option<Double> TEMPERATURE =
      Option.number(
          "temperature",
          2,
          Distillation.LOWEST_TEMPERATURE,
          Distillation.HIGHEST_TEMPERATURE,
          "T of the soft targets: logits are divided by T, the loss multiplied by T²");
  private static final Option<Double> SOFT_WEIGHT =
      Option.number(
          "softWeight",
          0.5,
          0,
          1,
          "α, weight of the soft targets; 1 - α is that of the cross-entropy on labels");

  @Override
  public String id() {
    return "hinton";
  }

  @Override
  public String description() {
    return "soft targets of the merged teachers over the whole image, and labels (Hinton et al."
        + " 2015)";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(TEMPERATURE, SOFT_WEIGHT);
  }

  @Override
  public OptionValues effective(OptionValues options) {
    return usesTeachers(options) ? options : options.with(TEMPERATURE, TEMPERATURE.defaultValue());
  }

  @Override
  public boolean supervisesDeeply() {
    return true;
  }

  @Override
  public Requirements requires(OptionValues options) {
    if (!usesTeachers(options)) {
      return Requirements.annotated();
    }
    Requirements teachers =
        Requirements.teachers(TeacherRequirement.logits(options.get(TEMPERATURE)));
    return usesLabels(options) ? teachers.withAnnotations() : teachers;
  }

  private static boolean usesTeachers(OptionValues options) {
    return options.get(SOFT_WEIGHT) > 0;
  }

  private static boolean usesLabels(OptionValues options) {
    return options.get(SOFT_WEIGHT) < 1;
  }

  @Override
  public Trainer trainer(TrainingContext context, OptionValues options) {
    double temperature = options.get(TEMPERATURE);
    double soft = options.get(SOFT_WEIGHT);
    List<Objective> objectives = new ArrayList<>();
    if (usesTeachers(options)) {
      double weight = soft * temperature * temperature;
      objectives.add(new MergedTeacherObjective("soft", TensorBatch.IMAGE, temperature, weight));
    }
    if (usesLabels(options)) {
      objectives.add(new MarginalCrossEntropyObjective(1 - soft));
    }
    return GraphTrainer.of(
        context,
        usesTeachers(options) ? new MergedTeacherTargets(temperature) : BatchExtension.NONE,
        objectives.stream().map(one -> DeepSupervision.of(context, one)).toList());
  }
}
