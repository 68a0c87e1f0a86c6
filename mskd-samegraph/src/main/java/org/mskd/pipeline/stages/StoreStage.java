package org.mskd.pipeline.stages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.mskd.code.ResultNeutral;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.Training;
import org.mskd.file.Sha256;
import org.mskd.method.TargetRecorder;
import org.mskd.pipeline.models.FrozenTeachers;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.DiskSpace;
import org.mskd.pipeline.stage.Input;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.problem.BadInputException;
import org.mskd.targets.TargetLayout;

/**
 * Lets all teachers look once at each slice that the students' batches will show, and stores what
 * they say for all methods that need the same of it. Where that would take more than is allowed,
 * nothing is stored, and these methods' students ask the teachers in each step.
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

  /** The store, as a student reads it; {@link #LIVE} where it would take too much space. */
  static Input targetsOf(StageContext context, StoreKind kind) {
    Path file = fileIn(context.folders().store(kind.name()));
    String path = context.folders().root().relativize(file).toString().replace('\\', '/');
    return new Input.OutputFile(idFor(kind), path, "stored", LIVE);
  }

  /** The store in its folder. */
  static Path fileIn(Path folder) {
    return folder.resolve("teachers.targets");
  }

  /** What tells the teachers of a store from others, by the inputs of a stage that reads them. */
  static String teachers(SortedMap<String, String> inputs) {
    return Sha256.of(inputs.subMap("teacher.", "teacher/").toString());
  }

  @Override
  public String name() {
    return "store " + kind.name();
  }

  @Override
  public String id() {
    return idFor(kind);
  }

  /** The slices are counted when the stage runs: to count them, all slice stores are opened. */
  @Override
  public int steps() {
    return 0;
  }

  /** Nothing of the loss or the optimizer: another loss weight needs no new store. */
  @Override
  public StageSpec spec() {
    Training training = context.experiment().training();
    return context
        .withTeachers(data.in(context.tensorSpec(id(), StageKind.STORE, getClass())))
        .with("kind", kind.name())
        .with("batchSize", Integer.toString(training.batchSize()))
        .with("forcedSlots", Integer.toString(training.forcedSlots()))
        .with("iterations", Integer.toString(training.iterations()))
        .with("maxStore", Long.toString(maxStore()));
  }

  @Override
  public List<Path> outputs() {
    return List.of(folder());
  }

  /** It takes minutes to make, and gigabytes. */
  @Override
  public boolean isBulky() {
    return true;
  }

  /** Its disk space may be needed for something else. */
  @Override
  public boolean isMadeOnDemand() {
    return true;
  }

  @Override
  public void run(StageWork work) {
    StageProgress progress = work.progress();
    Path folder = new ExperimentFolders(work.folder()).store(kind.name());
    TargetLayout layout = kind.layout(context.experiment());
    try (BatchSampling sampling = data.open()) {
      List<SliceRef> slices = sampling.drawn();
      progress.steps(slices.size());
      long least = layout.leastBytes(slices.size());
      int done = least > maxStore() ? 0 : record(sampling, slices, folder, work);
      if (done == slices.size()) {
        outcome(folder, true, done, size(fileIn(folder)));
        return;
      }
      // The slices that filled it tell what all would take.
      long needed = done == 0 ? least : maxStore() / done * slices.size();
      needed = Math.max(needed, maxStore() + 1);
      outcome(folder, false, slices.size(), needed);
      progress.warn(tooLarge(slices.size(), needed, done == 0));
    }
  }

  /** Returns how many slices there was room for, of those that were tried. */
  private int record(BatchSampling sampling, List<SliceRef> slices, Path folder, StageWork work) {
    int[] done = {0};
    try (FrozenTeachers teachers = context.models().frozenTeachers(kind.features())) {
      boolean whole =
          new TargetRecorder(teachers.networks(), kind.layout(context.experiment()))
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
      throw e.getCause() instanceof IOException ? noRoom(e) : e;
    }
  }

  private static BadInputException noRoom(BadInputException failure) {
    return new BadInputException(
        failure.problem(),
        "Free space on that disk, lower <maxStore> (-Dmskd.maxStore=2g) to what it has, or let the"
            + " teachers run in each step: -Dmskd.teacherOutputs=live.",
        failure);
  }

  private static void outcome(Path folder, boolean stored, int slices, long bytes) {
    new StoreOutcome(stored, slices, bytes).write(folder);
  }

  @ResultNeutral
  private String tooLarge(int slices, long needed, boolean atLeast) {
    return "What the teachers say of %d slices (%s) takes %s %s, more than <maxStore>, %s; so they"
            .formatted(
                slices,
                kind.name(),
                atLeast ? "at least" : "about",
                DiskSpace.text(needed),
                DiskSpace.text(maxStore()))
        + " run in each step of the students that need it. To store it, set -Dmskd.maxStore=%s;"
            .formatted(DiskSpace.setting(needed + needed / 4))
        + " to leave it so without this warning, -Dmskd.teacherOutputs=live.";
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
