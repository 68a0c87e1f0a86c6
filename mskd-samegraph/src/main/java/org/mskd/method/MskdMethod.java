package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Method;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;
import org.mskd.random.SubSeeds;
import org.mskd.training.Trainer;

/**
 * MS-KD (Feng et al., arXiv 2108.02559): the student learns from the logits and encoder features of
 * frozen single-organ teachers, and from no label unless {@code labelWeight} is above 0 or {@code
 * annotatedTargets} is set.
 */
public final class MskdMethod implements TrainingMethod {
  /** Its id. */
  public static final String ID = "mskd";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String description() {
    return "logits and features of single-organ teachers, distilled in their regions (MS-KD)";
  }

  @Override
  public List<Option<?>> options() {
    return DistillationOptions.ALL;
  }

  /** The ablations of the paper, and of each part of the loss. */
  @Override
  public List<NamedSetting> namedSettings() {
    List<NamedSetting> settings = new ArrayList<>();
    settings.add(setting("logits", "featureWeight", d -> d.withFeatureWeight(0)));
    settings.add(setting("no-background", "backgroundWeight", d -> d.withBackgroundWeight(0)));
    settings.add(setting("no-mask", "regionMasks", d -> d.withRegions(d.regions().unmasked())));
    settings.add(setting("no-sort", "sortFeatures", d -> d.withFeatures(d.features().unsorted())));
    for (int level = 0; level <= 4; level++) {
      List<Integer> levels = List.of(level);
      settings.add(
          setting(
              "level-" + level,
              "featureLevel",
              d -> d.withFeatures(d.features().atLevels(levels))));
    }
    return settings;
  }

  private static NamedSetting setting(
      String name, String option, UnaryOperator<Distillation> change) {
    return new NamedSetting(
        ID + "-" + name,
        option,
        values -> DistillationOptions.values(change.apply(DistillationOptions.of(values))));
  }

  @Override
  public OptionValues effective(OptionValues options) {
    return DistillationOptions.values(DistillationOptions.of(options).effective());
  }

  @Override
  public boolean supervisesDeeply() {
    return true;
  }

  @Override
  public Requirements requires(OptionValues options) {
    Distillation settings = DistillationOptions.of(options);
    Requirements teachers =
        Requirements.teachers(
            new TeacherRequirement(
                settings.usesFeatures()
                    ? java.util.Optional.of(settings.features())
                    : java.util.Optional.empty(),
                settings.regions(),
                settings.temperature()));
    Requirements mixed = settings.mixesSlices() ? teachers.mixingSlices() : teachers;
    return settings.usesLabels() ? mixed.withAnnotations() : mixed;
  }

  @Override
  public Trainer trainer(TrainingContext context, OptionValues options) {
    Distillation settings = DistillationOptions.of(options);
    List<Objective> objectives = new ArrayList<>();
    objectives.add(distillation(context, settings));
    if (settings.hasLabelTerm()) {
      objectives.add(DeepSupervision.of(context, label(settings)));
    }
    return GraphTrainer.of(context, extension(context, settings), objectives);
  }

  /**
   * Features are compared with the teachers' once, with the same weight with and without auxiliary
   * outputs.
   */
  private static Objective distillation(TrainingContext context, Distillation settings) {
    int levels = DeepSupervision.levels(context);
    if (levels == 1) {
      return new DistillationObjective(settings);
    }
    double finest = DeepSupervision.weight(0, levels);
    return new DeepSupervision(
        new DistillationObjective(settings.withFeatureWeight(settings.featureWeight() / finest)),
        new DistillationObjective(settings.withFeatureWeight(0)));
  }

  private static MarginalObjective label(Distillation settings) {
    MarginalObjective label = new MarginalObjective("label.", settings.labelWeight());
    return settings.mixesSlices() ? label.ofMixed() : label;
  }

  /** Annotations replace teacher outputs first: they are those of whole slices. */
  private static BatchExtension extension(TrainingContext context, Distillation settings) {
    BatchExtension annotated =
        settings.annotatedTargets()
            ? new AnnotatedMargins(settings.temperature())
            : BatchExtension.NONE;
    if (!settings.mixesSlices()) {
      return annotated;
    }
    List<Integer> levels = settings.usesFeatures() ? settings.features().levels() : List.of();
    long seed = SubSeeds.of(context.init().seed(), ID);
    return annotated.then(new CutMix(seed, settings.cutMix(), levels));
  }

  /** A student of this method. */
  public static Method student(String name, Distillation settings) {
    return new Method(name, ID, DistillationOptions.values(settings).texts());
  }

  /** A student of this method that is called by its id. */
  public static Method student(Distillation settings) {
    return student(ID, settings);
  }
}
