package org.mskd.benchmark.ours;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;
import org.mskd.dataset.Sampler;
import org.mskd.experiment.Network;
import org.mskd.experiment.Training;
import org.mskd.graph.WeightInit;
import org.mskd.method.BatchExtension;
import org.mskd.method.ExtendedTrainer;
import org.mskd.method.LiveTeachers;
import org.mskd.method.MskdMethod;
import org.mskd.method.Requirements;
import org.mskd.method.TeacherRequirement;
import org.mskd.method.TrainingContext;
import org.mskd.model.Model;
import org.mskd.option.OptionValues;
import org.mskd.targets.TargetLayout;
import org.mskd.targets.TargetStore;
import org.mskd.targets.WarpedTargets;
import org.mskd.teacher.SliceTeachers;
import org.mskd.training.BatchSource;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.SliceSources;
import org.mskd.training.Trainer;

/**
 * Steps of a student, from slice stores on the disk to Adam, as in a real training: with stored
 * teacher outputs, or with the teachers live. An argument {@code option.NAME} sets an option of the
 * method.
 */
final class MskdWork {
  private static final MskdMethod METHOD = new MskdMethod();

  private final Arguments asked;
  private final Network network;
  private final Results results;
  private final OptionValues options;
  private final TeacherRequirement required;
  private final boolean annotated;
  private final Training training;
  private final int organs;
  private final int batch;
  private final int size;

  private MskdWork(Arguments asked, Network network, Results results) {
    this.asked = asked;
    this.network = network;
    this.results = results;
    this.options = OptionValues.of(METHOD.options(), asked.startingWith("option."));
    Requirements requirements = METHOD.requires(options);
    this.required = requirements.teachers().orElseThrow();
    this.annotated = requirements.needsLabels();
    this.training = AskedSettings.training(asked);
    this.organs = asked.integer("organs");
    this.batch = asked.integer("batch");
    this.size = asked.integer("size");
  }

  static void run(Arguments asked, Network network, Results results) {
    MskdWork work = new MskdWork(asked, network, results);
    Path folder = asked.path("folder");
    try (SyntheticStores stores =
        new SyntheticStores(folder, work.organs, asked.integer("slices"), work.size)) {
      if (asked.flag("live")) {
        work.live(stores.sources());
      } else {
        work.stored(stores.sources(), folder);
      }
    }
  }

  private void live(SliceSources sources) {
    List<FrozenNetwork> teachers =
        Models.loaded(Models.teachers(network, organs, batch, size), batch);
    BatchExtension live = new LiveTeachers(teachers, required);
    train(new ExtendedTrainer(student(), live), batches(sources, Optional.empty()));
  }

  private void stored(SliceSources sources, Path folder) {
    TargetLayout layout =
        new TargetLayout(
            size, organs, required.features(), network.baseChannels(), required.regions().masks());
    Path file = folder.resolve("teachers-" + organs + ".targets");
    List<Model> teachers = Models.teachers(network, organs, batch, size);
    List<FrozenNetwork> loaded = Models.loaded(teachers, batch);
    try {
      results.put("claimedShare", Models.claimed(loaded, size));
    } finally {
      loaded.forEach(FrozenNetwork::close);
    }
    try (SliceTeachers recorded =
        SliceTeachers.load(
            teachers.stream().<Supplier<Model>>map(teacher -> () -> teacher).toList(),
            batch,
            required.features(),
            List.of(),
            teachers.get(0).card().preprocessing(),
            (source, subject) -> {
              throw new IllegalStateException("these teachers read the prepared slices");
            })) {
      new Storing(recorded, layout, sources).into(file, sampler(sources), results);
    }
    try (TargetStore store = TargetStore.open(file, layout, Storing.DIGEST)) {
      train(
          student(),
          batches(sources, Optional.of(new WarpedTargets(store, required.asSettings()))));
    }
  }

  private Sampler sampler(SliceSources sources) {
    return new Sampler(sources.pool(), batch, training.forcedSlots(), 1);
  }

  private BatchSource batches(SliceSources sources, Optional<WarpedTargets> targets) {
    return new BatchSource(
        sources,
        sampler(sources),
        AskedSettings.augmentation(training),
        Optional.empty(),
        annotated ? organs : 0,
        targets);
  }

  private Trainer student() {
    return AskedSettings.trainer(
        METHOD,
        new TrainingContext(network, Models.organs(organs), batch, size, new WeightInit(1)),
        options,
        training);
  }

  private void train(Trainer trainer, BatchSource batches) {
    try (Trainer student = trainer) {
      TimedTraining.of(asked).run(training, student, batches, asked.path("folder"), results);
    }
  }
}
