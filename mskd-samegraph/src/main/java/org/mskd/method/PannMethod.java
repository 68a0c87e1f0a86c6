package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;
import org.mskd.training.Trainer;

/**
 * PaNN (Zhou, Li, Bai, Wang, Chen, Han, Fishman, Yuille: <i>Prior-aware neural network for
 * partially-supervised multi-organ segmentation</i>, ICCV 2019, arXiv 1904.06346): the network's
 * own pseudo-labels, and a prior of the organs' sizes. Needs no teacher.
 *
 * <pre>
 * L = CE + 1 - Dice on labels alone (marginal)                in the warm-up
 * L = λ1 (CE + 1 - Dice on pseudo-labels) + λ2 J(p̄)           afterwards
 * J = -Σ_l [q_l log p̄_l + (1 - q_l) log(1 - p̄_l)]
 * </pre>
 *
 * The pseudo-labels are made again in each step ({@link org.mskd.loss.OwnPseudoLabelLoss}): the
 * annotated organ from the label; elsewhere the network's own largest logit among the background
 * and the organs that the slice's data set does not annotate. Where a set annotates all organs they
 * are its labels, so that the paper's loss on fully labelled images is part of the second line. q
 * is the distribution of organ sizes, measured or given; p̄ the network's mean prediction, a
 * running mean over the slots that are not forced to contain an organ. {@link
 * org.mskd.loss.SizePriorLoss} describes how J is minimised.
 *
 * <p>Defaults: λ1 = 1 and λ2 = 0.1 as in the paper. The paper warms up on a small fully labelled
 * set; here the warm-up is the {@link org.mskd.loss.MarginalLoss} on all labels, which needs no
 * such set. Open, and chosen here: the length of the warm-up (half of the training), the momentum
 * of p̄ (0.99, in place of the paper's learning rate of dual variables), that the background is a
 * class of J as well, and Dice beside the cross-entropy, as all methods have here.
 */
public final class PannMethod implements TrainingMethod {
  private static final Option<Double> PSEUDO_LABEL_WEIGHT =
      Option.number(
          "pseudoLabelWeight",
          1,
          0,
          "λ1, weight of Dice + cross-entropy on pseudo-labels after the warm-up");
  private static final Option<Double> PRIOR_WEIGHT =
      Option.number(
          "priorWeight", 0.1, 0, "λ2, weight of the size prior after the warm-up; 0: none");
  private static final Option<List<Double>> SIZE_PRIOR =
      Option.numbers(
          "sizePrior",
          "measured",
          0,
          1,
          "mean share of the pixels of a slice, or of a patch, that each organ has, in the order of"
              + " the organs, such as 0.03 0.004 0.002; measured: in the data sets that annotate"
              + " all organs");
  private static final Option<Double> WARM_UP =
      Option.number(
          "warmUp",
          0.5,
          0,
          1,
          "share of the iterations, the first ones, with the marginal loss on labels alone");
  private static final Option<Double> MEAN_MOMENTUM =
      Option.number(
          "meanMomentum",
          0.99,
          0,
          0.9999,
          "momentum of the running mean of predictions that the size prior is compared with");

  @Override
  public String id() {
    return "pann";
  }

  @Override
  public String description() {
    return "labels completed by the network's own predictions, and a prior of organ sizes (PaNN,"
        + " Zhou et al. 2019)";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(PSEUDO_LABEL_WEIGHT, PRIOR_WEIGHT, SIZE_PRIOR, WARM_UP, MEAN_MOMENTUM);
  }

  @Override
  public OptionValues effective(OptionValues options) {
    OptionValues effective = options;
    if (options.get(WARM_UP) == 1) {
      effective =
          effective
              .with(PSEUDO_LABEL_WEIGHT, PSEUDO_LABEL_WEIGHT.defaultValue())
              .with(PRIOR_WEIGHT, PRIOR_WEIGHT.defaultValue());
    }
    return hasPrior(options)
        ? effective
        : effective
            .with(SIZE_PRIOR, SIZE_PRIOR.defaultValue())
            .with(MEAN_MOMENTUM, MEAN_MOMENTUM.defaultValue());
  }

  /** Unless all iterations have the same loss. */
  @Override
  public boolean dependsOnLength(OptionValues options) {
    double share = options.get(WARM_UP);
    return 0 < share && share < 1;
  }

  @Override
  public Requirements requires(OptionValues options) {
    Requirements labels = Requirements.annotated();
    return hasPrior(options) ? labels.with(new SizePrior(options.get(SIZE_PRIOR))) : labels;
  }

  private static boolean hasPrior(OptionValues options) {
    return options.get(PRIOR_WEIGHT) > 0 && options.get(WARM_UP) < 1;
  }

  @Override
  public Trainer trainer(TrainingContext context, OptionValues options) {
    PannSchedule schedule =
        new PannSchedule(
            (int) Math.round(options.get(WARM_UP) * context.iterations()),
            options.get(PSEUDO_LABEL_WEIGHT),
            hasPrior(options) ? options.get(PRIOR_WEIGHT) : 0,
            options.get(MEAN_MOMENTUM));
    List<Objective> objectives = new ArrayList<>();
    objectives.add(new ScheduledObjective(PannSchedule.LABELS, new MarginalObjective("label.", 1)));
    objectives.add(
        new ScheduledObjective(PannSchedule.PSEUDO_LABELS, new OwnPseudoLabelObjective()));
    if (schedule.hasPrior()) {
      objectives.add(new ScheduledObjective(PannSchedule.PRIOR, new SizePriorObjective()));
    }
    return new PannTrainer(context, GraphTrainer.of(context, objectives), schedule);
  }
}
