package org.mskd.pipeline.stages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.Survey;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.random.SubSeeds;
import org.mskd.training.Source;

/**
 * What a network is trained on: which prepared sources, which organs they label, and what its
 * random choices are named after. Everything random derives from the experiment's seed and that
 * name.
 *
 * <p>All students have the one name {@value #STUDENTS}, whatever their methods are called: all
 * start from the same weights and see the same batches, moved and scaled in the same way. So
 * methods are compared pair by pair, and what differs between two of them is the loss alone.
 */
final class TrainingData {
  private static final String STUDENTS = "student mskd";

  private final StageContext context;
  private final String seedName;
  private final List<String> organs;
  private final List<DatasetSource> labelled;
  private final List<UnlabelledSource> unlabelled;

  private TrainingData(
      StageContext context,
      String seedName,
      List<String> organs,
      List<DatasetSource> labelled,
      List<UnlabelledSource> unlabelled) {
    this.context = context;
    this.seedName = seedName;
    this.organs = organs;
    this.labelled = labelled;
    this.unlabelled = unlabelled;
  }

  /** One organ's own data set. */
  static TrainingData ofTeacher(StageContext context, String organ) {
    return new TrainingData(
        context,
        "teacher " + organ,
        List.of(organ),
        context.experiment().datasets().stream().filter(d -> d.organ().equals(organ)).toList(),
        List.of());
  }

  /** All data sets and all unlabelled sources. */
  static TrainingData ofStudents(StageContext context) {
    Experiment experiment = context.experiment();
    return new TrainingData(
        context, STUDENTS, experiment.organs(), experiment.datasets(), experiment.unlabelled());
  }

  /** The organs of channels 1..K. */
  List<String> organs() {
    return organs;
  }

  /** What one kind of random choice derives from. */
  long seed(String part) {
    return SubSeeds.of(context.experiment().seed(), seedName, part);
  }

  /** Adds what the batches' slices depend on, other than numbers of the training. */
  StageSpec in(StageSpec spec) {
    List<String> names = new ArrayList<>(labelled.stream().map(DatasetSource::organ).toList());
    unlabelled.forEach(source -> names.add(source.name()));
    StageSpec all =
        spec.with("sources", names.toString()) // their order is that of the sampling sequence
            .with("organs", organs.toString()) // their order is that of the channels
            .with("seed", Long.toString(context.experiment().seed()));
    for (String name : names) {
      all = all.withOutput("prepared." + name, PrepareStage.idFor(name));
    }
    if (hasForeground()) {
      for (UnlabelledSource source : unlabelled) {
        all = all.withOutput("foreground." + source.name(), ForegroundStage.idFor(source.name()));
      }
    }
    return all;
  }

  private boolean hasForeground() {
    return ForegroundStage.isNeeded(context.experiment());
  }

  /** Opens the slices, to be closed by whoever asked. */
  BatchDraws open() {
    List<Source> sources = new ArrayList<>();
    try {
      for (DatasetSource source : labelled) {
        int organ = organs.indexOf(source.organ()) + 1;
        sources.add(
            source(
                source.organ(),
                stores -> new Source(source.organ(), organ, stores, Optional.empty())));
      }
      for (UnlabelledSource source : unlabelled) {
        sources.add(
            source(source.name(), stores -> new Source(source.name(), 0, stores, survey(source))));
      }
      return new BatchDraws(context.experiment(), this, sources);
    } catch (RuntimeException e) {
      sources.forEach(source -> PreparedStores.close(source.stores()));
      throw e;
    }
  }

  private Source source(String name, Function<List<SliceStore>, Source> made) {
    List<SliceStore> stores = PreparedStores.open(context.folders().prepared(name));
    try {
      return made.apply(stores);
    } catch (RuntimeException e) {
      PreparedStores.close(stores);
      throw e;
    }
  }

  /** What the teachers see in it, where anybody needs to know. */
  private Optional<Survey> survey(UnlabelledSource source) {
    return hasForeground()
        ? Optional.of(
            Survey.read(
                ExperimentFolders.foregroundIn(context.folders().foreground(source.name()))))
        : Optional.empty();
  }
}
