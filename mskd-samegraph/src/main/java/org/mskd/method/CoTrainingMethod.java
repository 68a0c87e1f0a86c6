package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import org.mskd.graph.WeightInit;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;
import org.mskd.random.SubSeeds;
import org.mskd.training.AverageDecay;
import org.mskd.training.Trainer;

/**
 * Co-training of weight-averaged networks (Huang et al., <i>Multi-organ Segmentation via
 * Co-training Weight-averaged Models from Few-organ Datasets</i>, MICCAI 2020, arXiv 2008.07149).
 * Two networks f_1, f_2 of the same form begin with different weights; each has an exponential
 * moving average of its weights, E_1, E_2. The loss of network n is
 *
 * <pre>
 * L_n  = focal(f_n, ŷ) + λ_d (1 - Dice(f_n, ŷ)) + λ_s w(t) soft(f_n, E_m),   m the other one
 * soft = -(1/|T|) Σ_{i in T} Σ_c E_m(x)_ic log f_n(x)_ic
 * E_n ← α E_n + (1 - α) f_n after each update of f_n
 * </pre>
 *
 * where ŷ are the annotations completed by the single-organ teachers' hard predictions ({@link
 * PseudoLabels}), T the dilated regions of the organs that a slice's data set does not annotate
 * ({@link UnannotatedRegions}), and w(t) a {@link RampUp}. No gradient flows into the averages. The
 * paper's values are γ = 2, λ_d = 0.1, λ_s = 0.1, α = 0.999.
 *
 * <p>Not found in public sources on the paper (summaries and an unofficial implementation, not its
 * full text), and chosen here:
 *
 * <ul>
 *   <li>The form and length of the ramp-up. Here that of temporal ensembling over 250 iterations.
 *   <li>The dilation. Here a square of 7 x 7 pixels; pixels of annotated organs are left out.
 *   <li>The size of the soft term. Here it is the mean over the regions of the batch, so that it
 *       does not shrink with the organs. What is reported is the divergence, whose gradient is that
 *       of the cross-entropy.
 *   <li>Whether α warms up. Trainings of 1000 iterations need it, see {@link AverageDecay}.
 *   <li>Whether the networks see different augmentations. Here they see the same batch.
 *   <li>The Dice loss. Here that of all methods: organ channels, over the whole batch.
 * </ul>
 *
 * The paper uses that average which is better on a validation set; there is none here, so the
 * result is the average of the first network, which begins with the weights of all students.
 */
public final class CoTrainingMethod implements TrainingMethod {
  private static final Option<Double> GAMMA =
      Option.number("focalGamma", 2, 0, "focusing parameter of the focal loss");
  private static final Option<Double> DICE_WEIGHT =
      Option.number("diceWeight", 0.1, 0, "weight of the Dice loss; that of the focal loss is 1");
  private static final Option<Double> SOFT_WEIGHT =
      Option.number("softWeight", 0.1, 0, "weight of the other network's average");
  private static final Option<Integer> RAMP_UP =
      Option.integer("rampUp", 250, 0, 10_000_000, "iterations until softWeight is reached");
  private static final Option<Integer> DILATION =
      Option.integer("dilation", 3, 0, 1000, "dilation of the unannotated organs, pixels");

  @Override
  public String id() {
    return "co-training";
  }

  @Override
  public String description() {
    return "pseudo-labels, and two networks that learn from each other's weight average"
        + " (Huang et al. 2020)";
  }

  @Override
  public List<Option<?>> options() {
    List<Option<?>> options =
        new ArrayList<>(List.of(GAMMA, DICE_WEIGHT, SOFT_WEIGHT, RAMP_UP, DILATION));
    options.addAll(AverageOptions.ALL);
    return options;
  }

  @Override
  public OptionValues effective(OptionValues options) {
    return learnsFromPeer(options)
        ? options
        : options.with(RAMP_UP, RAMP_UP.defaultValue()).with(DILATION, DILATION.defaultValue());
  }

  private static boolean learnsFromPeer(OptionValues options) {
    return options.get(SOFT_WEIGHT) > 0;
  }

  @Override
  public boolean averagesWeights() {
    return true;
  }

  @Override
  public Requirements requires(OptionValues options) {
    return Requirements.teachers(TeacherRequirement.logits()).withAnnotations();
  }

  @Override
  public Trainer trainer(TrainingContext context, OptionValues options) {
    long seed = SubSeeds.of(context.init().seed(), "co-training", "second network");
    TrainingContext other = context.withInit(new WeightInit(seed));
    BatchExtension extension = new PseudoLabels();
    List<Objective> objectives = new ArrayList<>();
    objectives.add(
        new FocalDiceObjective(PseudoLabels.CLASSES, options.get(GAMMA), options.get(DICE_WEIGHT)));
    if (learnsFromPeer(options)) {
      extension = extension.then(new UnannotatedRegions(options.get(DILATION)));
      objectives.add(new PeerObjective(UnannotatedRegions.WEIGHTS, options.get(SOFT_WEIGHT)));
    }
    return new CoTrainer(
        context,
        other,
        extension,
        objectives,
        AverageOptions.decay(options),
        new RampUp(options.get(RAMP_UP)));
  }
}
