package org.mskd.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Training;
import org.mskd.file.Sha256;
import org.mskd.method.TargetRecorder;
import org.mskd.problem.BadInputException;
import org.mskd.targets.TargetLayout;
import org.mskd.targets.TargetStoreWriter;
import org.mskd.training.FrozenNetwork;

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
    SortedMap<String, String> inputs = context.tensorInputs();
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

  @Override
  public boolean startsEmpty() {
    return true;
  }

  /** Who has no room for a store that no student needs any more may delete it. */
  @Override
  public boolean isWanted() {
    return !Files.isRegularFile(StoreOutcome.fileIn(folder()))
        || readers.stream().anyMatch(student -> !StageStamp.isUpToDate(root(), student));
  }
