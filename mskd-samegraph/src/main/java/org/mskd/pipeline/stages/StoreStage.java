package org.mskd.pipeline.stages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.mskd.code.ResultNeutral;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Network;
import org.mskd.experiment.Training;
import org.mskd.file.Sha256;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.DiskSpace;
import org.mskd.pipeline.stage.Input;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.problem.BadInputException;
import org.mskd.targets.TargetLayout;
import org.mskd.teacher.SliceTeachers;
import org.mskd.teacher.TargetRecorder;

/**
 * Runs all teachers once on each slice of the students' batches and stores their outputs, for all
 * methods that need the same ones. If the store would exceed the limit, nothing is stored, and the
 * teachers run in each step of these methods' students.
 */
public final class StoreStage implements Stage {
  /** The teachers run in each step of the training. */
  static final String LIVE = "live";

  private final StageContext context;
  private final StoreKind kind;
  private final TrainingData data;

  public StoreStage(StageContext context, StoreKind kind) {
    this.context = context;
    this.kind = kind;
    this.data = kind.data(context);
  }

  static String idFor(StoreKind kind) {
    return "store/" + kind.name();
  }

  /** The store as an input of a student; {@link #LIVE} if the outputs are not stored. */
  static Input targetsOf(StageContext context, StoreKind kind) {
    Path file = fileIn(context.folders().store(kind.name()));
    String path = context.folders().root().relativize(file).toString().replace('\\', '/');
    return new Input.OutputFile(context.id(idFor(kind)), path, "stored", LIVE);
  }

  /** The file of the store in a folder. */
  static Path fileIn(Path folder) {
    return folder.resolve("teachers.targets");
  }

  /**
   * A digest that identifies the teachers of a store, from the inputs of a stage that reads them.
   */
  static String teachers(SortedMap<String, String> inputs) {
    return Sha256.of(inputs.subMap("teacher.", "teacher/").toString());
  }

  @Override
  public String name() {
    return context.name("store " + kind.name());
  }

  @Override
  public String id() {
    return context.id(idFor(kind));
  }

  /** 0: counting the slices needs all slice stores open, so it is done when the stage runs. */
  @Override
  public int steps() {
    return 0;
  }

  /** Without parameters of the loss and the optimizer: another loss weight needs no new store. */
  @Override
  public StageSpec spec() {
    Training training = data.training();
    StageSpec spec =
        context
            .withTeachers(data.in(context.tensorSpec(id(), StageKind.STORE, getClass())))
            .with("kind", kind.name())
            .with("batchSize", Integer.toString(training.batchSize()))
            .with("forcedSlots", Integer.toString(training.forcedSlots()))
            .with("iterations", Integer.toString(training.iterations()))
            .with("maxStore", Long.toString(maxStore()));
    return context.experiment().teachers().isEmpty() ? spec : withStudentsNetwork(spec);
  }

  /**
   * A trained teacher has the student's network. A given one may differ from it, which decides
   * whether its features are stored, and whether it can run in each step.
   */
  private StageSpec withStudentsNetwork(StageSpec spec) {
    Network network = context.experiment().network();
    StageSpec all = spec.with("neighbours", ExperimentJson.write(network.neighbours()));
    return kind.features().isPresent()
        ? all.with("baseChannels", Integer.toString(network.baseChannels()))
        : all;
  }

  @Override
  public List<Path> outputs() {
    return List.of(folder());
  }

  /** True: a store takes minutes to make, and gigabytes. */
  @Override
  public boolean isBulky() {
    return true;
  }

  /** True: the user may delete a store to free disk space. */
  @Override
  public boolean isMadeOnDemand() {
    return true;
  }

  @Override
  public void run(StageWork work) {
    StageProgress progress = work.progress();
    LogitsOnlyWarning.give(context.models(), kind.features(), progress);
    Path folder = context.folders().in(work.folder()).store(kind.name());
    TargetLayout layout = layout();
    try (BatchSampling sampling = data.open()) {
      List<SliceRef> slices = sampling.drawn();
      progress.steps(slices.size());
      long least = layout.leastBytes(slices.size());
      int done = least > maxStore() ? 0 : record(layout, sampling, slices, folder, work);
      if (done == slices.size()) {
        outcome(folder, true, done, size(fileIn(folder)));
        return;
      }
      // Extrapolated from the slices that filled the limit.
      long needed = done == 0 ? least : maxStore() / done * slices.size();
      needed = Math.max(needed, maxStore() + 1);
      requireSameSlices(slices.size(), needed);
      outcome(folder, false, slices.size(), needed);
      progress.warn(tooLarge(slices.size(), needed, done == 0));
    }
  }

  private TargetLayout layout() {
    return kind.layout(context.experiment())
        .withLogitsOnly(context.models().logitsOnly(kind.features()));
  }

  /** Teachers that read slices of their own cannot run in each step. */
  private void requireSameSlices(int slices, long needed) {
    List<String> own = context.models().readingOwnSlices();
    if (!own.isEmpty()) {
      throw new BadInputException(
          "Stored teacher outputs of %d slices (%s) need about %s, more than <maxStore> (%s)."
                  .formatted(
                      slices, kind.name(), DiskSpace.text(needed), DiskSpace.text(maxStore()))
              + " They must be stored, as these teachers read other slices than the student: "
              + String.join(", ", own)
              + ".",
          "Set <maxStore=%s>, or declare the preprocessing of these teachers."
              .formatted(DiskSpace.setting(needed + needed / 4)));
    }
  }

  /** Stores the outputs of the slices, up to the limit; returns the number of stored slices. */
  private int record(
      TargetLayout layout,
      BatchSampling sampling,
      List<SliceRef> slices,
      Path folder,
      StageWork work) {
    int[] done = {0};
    SourceScans scans = new SourceScans(context.experiment());
    try (SliceTeachers teachers = context.models().sliceTeachers(kind.features(), scans)) {
      boolean whole =
          new TargetRecorder(teachers, layout)
              .record(
                  fileIn(folder),
                  teachers(work.inputs()),
                  maxStore(),
                  sampling.slices(),
                  slices,
                  step -> {
                    done[0] = step;
                    work.progress().step(step);
                  });
      return whole ? slices.size() : done[0];
    } catch (BadInputException e) {
      throw e.getCause() instanceof IOException ? noSpace(e) : e;
    }
  }

  private static BadInputException noSpace(BadInputException failure) {
    return new BadInputException(
        failure.problem(),
        "Free space on that disk, lower <maxStore> (such as <maxStore=2g>) to its free space, or"
            + " run the teachers in each step: <teacherOutputs=live>.",
        failure);
  }

  private static void outcome(Path folder, boolean stored, int slices, long bytes) {
    new StoreOutcome(stored, slices, bytes).write(folder);
  }

  @ResultNeutral
  private String tooLarge(int slices, long needed, boolean atLeast) {
    return "Stored teacher outputs of %d slices (%s) need %s %s, more than <maxStore> (%s)."
            .formatted(
                slices,
                kind.name(),
                atLeast ? "at least" : "about",
                DiskSpace.text(needed),
                DiskSpace.text(maxStore()))
        + " The teachers run in each step of the students that need them, which is slower."
        + " To store the outputs, set <maxStore="
        + DiskSpace.setting(needed + needed / 4)
        + ">; to run the teachers live without this warning, set <teacherOutputs=live>.";
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long maxStore() {
    return context.experiment().teacherOutputs().maxStore();
  }

  private Path folder() {
    return context.folders().store(kind.name());
  }
}
