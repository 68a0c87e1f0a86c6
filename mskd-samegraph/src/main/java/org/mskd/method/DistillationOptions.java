package org.mskd.method;

import java.util.List;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.FeatureSource;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.LossNormalization;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Regions;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;

/** The options of MS-KD's loss, and the settings that they make. */
final class DistillationOptions {
  private static final Distillation PAPER = Distillation.DEFAULT;

  /** A U-Net has at most this many downsamplings. */
  private static final int DEEPEST = 7;

  private static final Option<Double> BACKGROUND_WEIGHT =
      Option.number(
          "backgroundWeight",
          PAPER.backgroundWeight(),
          0,
          "λ1, weight of the background logit loss");
  private static final Option<Double> FEATURE_WEIGHT =
      Option.number(
          "featureWeight", PAPER.featureWeight(), 0, "λ2, weight of the feature losses; 0: none");
  private static final Option<List<Integer>> FEATURE_LEVEL =
      Option.integers(
          "featureLevel",
          PAPER.features().levels(),
          0,
          DEEPEST,
          "l, downsamplings before the features that are compared, 0 to depth; losses of several"
              + " levels, as in 0 1 2, are added");
  private static final Option<FeatureSource> FEATURES =
      Option.oneOf(
          "features",
          PAPER.features().source(),
          "encoder or decoder: the half of the U-Net that the features come from");
  private static final Option<Boolean> SORT_FEATURES =
      Option.flag(
          "sortFeatures",
          PAPER.features().sorted(),
          "sort the channels of both networks' features before they are compared");
  private static final Option<Double> TEMPERATURE =
      Option.number(
          "temperature",
          PAPER.temperature(),
          Distillation.LOWEST_TEMPERATURE,
          Distillation.HIGHEST_TEMPERATURE,
          "T of the logit losses: logits are divided by T, the losses multiplied by T²");
  private static final Option<Double> LABEL_WEIGHT =
      Option.number(
          "labelWeight",
          PAPER.labelWeight(),
          0,
          "weight of a marginal Dice + cross-entropy loss on the labels of each data set; 0: no"
              + " such loss");
  private static final Option<Boolean> REGION_MASKS =
      Option.flag(
          "regionMasks",
          PAPER.regions().masks(),
          "restrict each teacher's losses to the region where it predicts its organ");
  private static final Option<Overlap> OVERLAP =
      Option.oneOf(
          "overlap",
          PAPER.regions().overlap(),
          "sum or winner: where several teachers predict their organ, add all losses or keep that"
              + " of the highest probability");
  private static final Option<MaskDownsampling> MASK_DOWNSAMPLING =
      Option.oneOf(
          "maskDownsampling",
          PAPER.regions().downsampling(),
          "nearest, max or majority: how a region is downsampled to the grid of a feature level");
  private static final Option<LossNormalization> LOSS_NORMALIZATION =
      Option.oneOf(
          "lossNormalization",
          PAPER.normalization(),
          "image or region: whose pixels the sum over pixels is divided by");

  private static final Option<Boolean> ANNOTATED_TARGETS =
      Option.flag(
          "annotatedTargets",
          PAPER.annotatedTargets(),
          "replace the outputs of a data set's own teacher by the annotations of its slices");

  private static final Option<Double> CUT_MIX =
      Option.number(
          "cutMix",
          PAPER.cutMix(),
          0,
          1,
          "probability that a rectangle of a slice is replaced by that of another slice of the"
              + " batch, if possible of another data set, with teacher outputs and labels; 0:"
              + " never");

  /** All of them. */
  static final List<Option<?>> ALL =
      List.of(
          BACKGROUND_WEIGHT,
          FEATURE_WEIGHT,
          FEATURE_LEVEL,
          FEATURES,
          SORT_FEATURES,
          TEMPERATURE,
          LABEL_WEIGHT,
          REGION_MASKS,
          OVERLAP,
          MASK_DOWNSAMPLING,
          LOSS_NORMALIZATION,
          ANNOTATED_TARGETS,
          CUT_MIX);

  private DistillationOptions() {}

  /** The settings that values of the options make. */
  static Distillation of(OptionValues values) {
    return new Distillation(
        values.get(BACKGROUND_WEIGHT),
        values.get(FEATURE_WEIGHT),
        values.get(LABEL_WEIGHT),
        values.get(TEMPERATURE),
        new FeatureTerms(
            values.get(FEATURE_LEVEL), values.get(FEATURES), values.get(SORT_FEATURES)),
        new Regions(values.get(REGION_MASKS), values.get(OVERLAP), values.get(MASK_DOWNSAMPLING)),
        values.get(LOSS_NORMALIZATION),
        values.get(ANNOTATED_TARGETS),
        values.get(CUT_MIX));
  }

  /** The values of the options that make settings. */
  static OptionValues values(Distillation settings) {
    return OptionValues.defaults(ALL)
        .with(BACKGROUND_WEIGHT, settings.backgroundWeight())
        .with(FEATURE_WEIGHT, settings.featureWeight())
        .with(FEATURE_LEVEL, settings.features().levels())
        .with(FEATURES, settings.features().source())
        .with(SORT_FEATURES, settings.features().sorted())
        .with(TEMPERATURE, settings.temperature())
        .with(LABEL_WEIGHT, settings.labelWeight())
        .with(REGION_MASKS, settings.regions().masks())
        .with(OVERLAP, settings.regions().overlap())
        .with(MASK_DOWNSAMPLING, settings.regions().downsampling())
        .with(LOSS_NORMALIZATION, settings.normalization())
        .with(ANNOTATED_TARGETS, settings.annotatedTargets())
        .with(CUT_MIX, settings.cutMix());
  }
}
