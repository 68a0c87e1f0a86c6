package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;
import org.mskd.random.SubSeeds;
import org.mskd.training.AverageDecay;
import org.mskd.training.Trainer;

/**
 * Labelled-to-unlabelled distribution alignment (Jiang et al., <i>Labeled-to-unlabeled distribution
 * alignment for partially-supervised multi-organ medical image segmentation</i>, Medical Image
 * Analysis 2025, arXiv 2409.03228; code: github.com/xjiangmed/LTUDA). It needs no single-organ
 * teachers: its teacher is the exponential moving average of the network itself.
 *
 * <ul>
 *   <li>Linear classifier: one binary classifier an organ; the class is the most probable organ, or
 *       background where that is not above 0.5. In a network of K+1 channels its logits are
 *       differences to the background's channel, so that the class is that of the largest of the
 *       K+1 logits ({@code OrganBinaryLoss}).
 *   <li>Weak view: the batch with the usual augmentation. The binary cross-entropy of the annotated
 *       organs alone is L_w.
 *   <li>The average predicts the weak view; its classes complete the annotations ({@link
 *       AverageLabels}) to ŷ.
 *   <li>Strong views, 2: a rectangle of 2 to 40 % of the image is that of a slice of another data
 *       set, with its ŷ ({@link CrossSetMix}). L_v is the binary cross-entropy of all organs.
 *   <li>Two prototype classifiers on the strong views, of labelled and of unlabelled pixels, beside
 *       the linear one ({@code PrototypeLoss}): cross-entropy with ŷ, pixel-prototype contrast and
 *       distance, together L_p. Each class has 5 prototypes of each kind, which follow the
 *       embeddings with momentum 0.999 ({@link Prototypes}).
 *   <li>Two stages: L_w + Σ_v L_v first, then L_w + Σ_v (L_v + L_p). No ramp-up.
 * </ul>
 *
 * <p>What is open, or differs between the paper's formulas as summaries quote them and the authors'
 * code, and what is done here:
 *
 * <ul>
 *   <li>The paper's stages are trainings of 50 epochs each in the code, the second one with a new
 *       optimizer, a new average and the first one's best weights. Here one training changes its
 *       loss after a share of its iterations, {@code alignmentStart}; the schedule of the learning
 *       rate then begins to compare anew.
 *   <li>The paper mixes slices of different data sets; the code mixes any two slices of a batch,
 *       and one version of it draws partners for images and labels separately. Here two slots can
 *       be mixed where their data sets do not annotate the same organs, and image and labels move
 *       together. A slot without such a partner stays as it is.
 *   <li>The code, not the paper, adds the loss of the annotated organs to each strong view of the
 *       first stage (here {@code labelEmphasis} times it). Without it the method does not start: an
 *       organ's pixels are labelled in one data set of K, in all others the average's first
 *       pseudo-labels call them background, and these outweigh the labels.
 *   <li>The loss of paper and code is the binary cross-entropy alone. Here Dice is added, as all
 *       methods have it ({@code diceWeight}): with the cross-entropy alone small organs are not
 *       learned within a few thousand iterations, so that the first pseudo-labels call them
 *       background, and stay so.
 *   <li>L_p is one loss on the pixels of all strong views together, times their number:
 *       assignments, means and updates are not made view by view.
 *   <li>The code sums the loss of an organ over the slices that annotate it. Here it is their mean.
 *   <li>The code chooses prototypes by a random sample (Gumbel softmax) for the update. Here it is
 *       the assignment itself, without chance.
 *   <li>The projection head has batch normalisation and ReLU in the code; here the network's
 *       normalisation and LeakyReLU. Its features are brought to length 1 before their layer
 *       normalisation in the code, which changes nothing but the meaning of the small constant
 *       there.
 *   <li>α and the prototypes' momentum warm up, see {@link AverageDecay}: trainings of 1000
 *       iterations need it.
 *   <li>The code's test uses the average, by default with its prototype classifier of unlabelled
 *       pixels. A model here is a U-Net, so that the linear classifier is used.
 * </ul>
 */
public final class LtudaMethod implements TrainingMethod {
  private static final Option<Integer> STRONG_VIEWS =
      Option.integer("strongViews", 2, 1, 8, "strong views of each slice");
  private static final Option<Double> START =
      Option.number(
          "alignmentStart",
          0.5,
          0,
          1,
          "share of the iterations, the first ones, without prototype classifiers");
  private static final Option<Double> LABEL_EMPHASIS =
      Option.number(
          "labelEmphasis",
          1,
          0,
          "additional weight of annotated organs in strong views before alignmentStart");
  private static final Option<Double> DICE_WEIGHT =
      Option.number(
          "diceWeight",
          1,
          0,
          "weight of Dice beside the binary cross-entropy; 0: the paper's loss");
  private static final Option<Integer> PROTOTYPES =
      Option.integer("prototypes", 5, 1, 20, "prototypes of each class, labelled and unlabelled");
  private static final Option<Double> PROTOTYPE_DECAY =
      Option.number("prototypeDecay", 0.999, 0, 1, "what an update keeps of a prototype");
  private static final Option<Double> CONTRAST_WEIGHT =
      Option.number("contrastWeight", 0.01, 0, "weight of the pixel-prototype contrast");
  private static final Option<Double> DISTANCE_WEIGHT =
      Option.number("distanceWeight", 0.001, 0, "weight of the pixel-prototype distance");

  @Override
  public String id() {
    return "ltuda";
  }

  @Override
  public String description() {
    return "slices mixed between data sets, pseudo-labels of the weight average, prototypes"
        + " (Jiang et al. 2025)";
  }

  @Override
  public List<Option<?>> options() {
    List<Option<?>> options =
        new ArrayList<>(
            List.of(
                STRONG_VIEWS,
                START,
                LABEL_EMPHASIS,
                DICE_WEIGHT,
                PROTOTYPES,
                PROTOTYPE_DECAY,
                CONTRAST_WEIGHT,
                DISTANCE_WEIGHT));
    options.addAll(AverageOptions.ALL);
    return options;
  }

  @Override
  public OptionValues effective(OptionValues options) {
    return options.get(START) == 0
        ? options.with(LABEL_EMPHASIS, LABEL_EMPHASIS.defaultValue())
        : options;
  }

  /** Unless all iterations have the same loss. */
  @Override
  public boolean dependsOnLength(OptionValues options) {
    double share = options.get(START);
    return 0 < share && share < 1;
  }

  @Override
  public boolean averagesWeights() {
    return true;
  }

  @Override
  public Requirements requires(OptionValues options) {
    return Requirements.annotated().mixingSets();
  }

  @Override
  public Trainer trainer(TrainingContext context, OptionValues options) {
    int strong = options.get(STRONG_VIEWS);
    long seed = SubSeeds.of(context.init().seed(), "ltuda");
    TrainingContext stacked = context.withBatch((1 + strong) * context.batch());
    List<String> terms = new ArrayList<>(List.of("labels"));
    for (int view = 1; view <= strong; view++) {
      terms.add("strong" + view);
    }
    GraphTrainer network =
        GraphTrainer.of(
            stacked,
            List.of(
                new OrganBinaryObjective(
                    MixedViews.CLASSES,
                    MixedViews.ROWS,
                    MixedViews.WEIGHTS,
                    options.get(DICE_WEIGHT),
                    terms),
                new PrototypeObjective(
                    options.get(PROTOTYPES),
                    strong,
                    options.get(CONTRAST_WEIGHT),
                    options.get(DISTANCE_WEIGHT))));
    AverageDecay decay = AverageOptions.decay(options);
    return new LtudaTrainer(
        context,
        new MixedViews(new CrossSetMix(seed), strong),
        network,
        decay,
        new Prototypes(
            context.outputs(),
            options.get(PROTOTYPES),
            context.network().baseChannels(),
            SubSeeds.of(seed, "prototypes")),
        new AverageDecay(options.get(PROTOTYPE_DECAY), decay.warmsUp()),
        (int) Math.round(options.get(START) * context.iterations()),
        options.get(LABEL_EMPHASIS));
  }
}
