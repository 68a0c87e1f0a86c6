package org.mskd.pipeline.stages;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.method.Requirements;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.random.SubSeeds;

/**
 * The training data of a network and how batches of it are made: the prepared sources, the organs
 * that they annotate, the settings, and the name from which, with the experiment's seed, its random
 * choices derive.
 *
 * <p>All students have the same name {@value #STUDENTS}, whatever their methods are called. They
 * start from the same weights and get the same batches with the same augmentation if their methods
 * are trained on the same sources. So methods are compared pair by pair.
 *
 * @param organs the organs of channels 1..K
 * @param datasets single-organ sets
 * @param multiOrgan sets that annotate several organs; their images that an earlier source also has
 *     are left out
 * @param unlabelled sources without labels
 * @param training the settings of this network, {@link Training#ofTeacher} or {@link
 *     Training#ofStudent}
 */
record TrainingData(
    StageContext context,
    String seedName,
    List<String> organs,
    List<DatasetSource> datasets,
    List<MultiOrganSource> multiOrgan,
    List<UnlabelledSource> unlabelled,
    Training training) {
  private static final String STUDENTS = "student mskd";

  /** The data set of one organ or, if there is none, the multi-organ sets that annotate it. */
  static TrainingData ofTeacher(StageContext context, String organ) {
    Experiment experiment = context.experiment();
    List<DatasetSource> own =
        experiment.datasets().stream().filter(set -> set.organ().equals(organ)).toList();
    List<MultiOrganSource> several =
        experiment.multiOrgan().stream()
            .filter(set -> own.isEmpty() && set.organs().contains(organ))
            .toList();
    return new TrainingData(
        context,
        "teacher " + organ,
        List.of(organ),
        own,
        several,
        List.of(),
        experiment.training().ofTeacher());
  }

  /** The sources of a student whose method has these requirements. */
  static TrainingData of(StageContext context, Requirements requirements) {
    Experiment experiment = context.experiment();
    List<String> organs = experiment.organs();
    List<UnlabelledSource> unlabelled =
        requirements.teachers().isPresent() ? experiment.unlabelled() : List.of();
    Training training = experiment.training().ofStudent();
    return switch (requirements.annotations()) {
      case NONE ->
          new TrainingData(
              context, STUDENTS, organs, experiment.datasets(), List.of(), unlabelled, training);
      case ANNOTATED ->
          new TrainingData(
              context,
              STUDENTS,
              organs,
              experiment.datasets(),
              experiment.multiOrgan(),
              unlabelled,
              training);
      case ALL_ORGANS ->
          new TrainingData(
              context,
              STUDENTS,
              organs,
              List.of(),
              experiment.annotatingAll(),
              List.of(),
              training);
    };
  }

  /** The seed of one kind of random choice. */
  long seed(String part) {
    return SubSeeds.of(context.experiment().seed(), seedName, part);
  }

  /** Adds the inputs of the batches' slices, without the parameters of the training. */
  StageSpec in(StageSpec spec) {
    List<String> names =
        Stream.of(
                datasets.stream().map(DatasetSource::organ),
                multiOrgan.stream().map(MultiOrganSource::name),
                unlabelled.stream().map(UnlabelledSource::name))
            .flatMap(some -> some)
            .toList();
    StageSpec all =
        spec.with("sources", names.toString()) // their order is that of the sampling sequence
            .with("organs", organs.toString()) // their order is that of the channels
            .with("seed", Long.toString(context.experiment().seed()));
    for (String name : names) {
      all = all.withOutput("prepared." + name, PrepareStage.idFor(name));
    }
    if (heldOut().isPresent()) {
      all = heldOut().get().in(all);
    }
    if (needsForeground()) {
      for (UnlabelledSource source : unlabelled) {
        all =
            all.withOutput(
                "foreground." + source.name(), context.id(ForegroundStage.idFor(source.name())));
      }
    }
    return all;
  }

  /** The subjects that are left out of all sources. */
  Optional<HeldOutSubjects> heldOut() {
    return context.heldOut();
  }

  /** Whether forced slots may be sampled from unlabelled sources. */
  boolean needsForeground() {
    return ForegroundStage.isNeeded(context.experiment());
  }

  /** Opens the slices, to be closed by the caller. */
  BatchSampling open() {
    return new BatchSampling(context.experiment(), this, new OpenSources(this).open());
  }
}
