package org.mskd.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.Training;
import org.mskd.file.Sha256;
import org.mskd.method.TargetRecorder;
import org.mskd.pipeline.stage.DiskSpace;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageState;
import org.mskd.problem.BadInputException;
import org.mskd.targets.TargetLayout;

/**
 * Lets all teachers look once at each slice that the students' batches will show, and stores what
 * they say for all methods that need the same of it. Where that would take more than is allowed,
 * nothing is stored, and these methods' students ask the teachers in each step.
 */
final class StoreStage implements Stage {
  private final StageContext context;
  private final StoreKind kind;
  private final TrainingData data;
  private final List<StudentStage> readers;

  /**
   * @param readers the students that need it
   */
  StoreStage(StageContext context, StoreKind kind, List<StudentStage> readers) {
    this.context = context;
    this.kind = kind;
    this.data = TrainingData.ofStudents(context);
    this.readers = List.copyOf(readers);
  }

  static String idFor(StoreKind kind) {
    return "store/" + kind.name();
  }

  /** The store in its folder. */
  static Path fileIn(Path folder) {
    return folder.resolve("teachers.targets");
  }

  /** What tells the teachers of a store from others. */
  static String teachers(StageContext context) {
    SortedMap<String, String> teachers = new TreeMap<>();
    context.putTeachers(teachers);
    return Sha256.of(teachers.toString());
  }

  @Override
  public String name() {
    return "store " + kind.name();
  }

  @Override
  public String id() {
    return idFor(kind);
  }

  @Override
  public int steps() {
    try (BatchDraws draws = data.open()) {
      return draws.drawn().size();
    }
  }

  /** Nothing of the loss or the optimizer: to change a weight must not store anew. */
  @Override
  public SortedMap<String, String> inputs() {
    Training training = context.experiment().training();
    SortedMap<String, String> inputs = context.tensorInputs(id(), getClass());
    data.putInputs(inputs);
    context.putTeachers(inputs);
    inputs.put("kind", kind.name());
    inputs.put("batchSize", Integer.toString(training.batchSize()));
    inputs.put("forcedSlots", Integer.toString(training.forcedSlots()));
    inputs.put("iterations", Integer.toString(training.iterations()));
    inputs.put("maxStore", Long.toString(maxStore()));
    return inputs;
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

  /** Who has no room for a store that no student needs any more may delete it. */
  @Override
  public boolean isWanted() {
    return !Files.isRegularFile(StoreOutcome.fileIn(folder()))
        || readers.stream()
            .anyMatch(
                student ->
                    !StageState.of(context.folders().root(), student, context.digests())
                        .isUpToDate());
  }

  @Override
  public void run(StageProgress progress, Path work) {
    Path folder = new ExperimentFolders(work).store(kind.name());
    TargetLayout layout = kind.layout(context.experiment());
    try (BatchDraws draws = data.open()) {
      List<SliceRef> slices = draws.drawn();
      long least = layout.leastBytes(slices.size());
      int done = least > maxStore() ? 0 : record(draws, slices, folder, progress);
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
  private int record(BatchDraws draws, List<SliceRef> slices, Path folder, StageProgress progress) {
    int[] done = {0};
    try (Teachers teachers = Teachers.of(context, kind.features())) {
      boolean whole =
          new TargetRecorder(teachers.networks(), kind.layout(context.experiment()))
              .record(
                  fileIn(folder),
                  teachers(context),
                  maxStore(),
                  draws.slices(),
                  slices,
                  step -> {
                    done[0] = step;
                    progress.step(step);
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

  private String tooLarge(int slices, long needed, boolean atLeast) {
    return "What the teachers say of %d slices (%s) takes %s %s, more than <maxStore>, %s; so they"
            .formatted(
                slices,
                kind.name(),
                atLeast ? "at least" : "about",
                DiskSpace.told(needed),
                DiskSpace.told(maxStore()))
        + " run in each step of the students that need it. To store it, set -Dmskd.maxStore=%s;"
            .formatted(DiskSpace.asked(needed + needed / 4))
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
