package org.mskd.pipeline.lock;

import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.PreparedSet;
import org.mskd.file.Sha256;
import org.mskd.lock.LockedOutput;
import org.mskd.lock.LockedSet;
import org.mskd.lock.LockedStage;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.pipeline.stage.StageStamp;
import org.mskd.pipeline.stage.StageState;
import org.mskd.pipeline.stage.StageStates;

/** Collects the stages that are up to date, each after those that it depends on. */
final class LockedStages {
  static final String CODE = "code";
  private static final String ENVIRONMENT = "environment.";
  private static final Set<String> TENSORS = Set.of("threads", "engine");

  /** Inputs whose value may name files of the user. */
  private static final String FOLDERS = "folders.";

  private final ExperimentFolders folders;
  private final StageStates states;
  private final boolean names;
  private final SortedMap<String, LockedStage> stages = new TreeMap<>();
  private final SortedMap<String, LockedSet> data = new TreeMap<>();
  private final SortedMap<String, String> tensors = new TreeMap<>();

  /**
   * @param names whether the names of the cases are part of the lock
   */
  LockedStages(ExperimentFolders folders, StageStates states, boolean names) {
    this.folders = folders;
    this.states = states;
    this.names = names;
  }

  /** Adds all stages of a graph that are up to date. */
  LockedStages addAll(StageGraph graph) {
    for (Stage stage : graph.stages()) {
      boolean ready =
          stage.spec().dependencies().stream()
              .allMatch(id -> stages.containsKey(id) || !isIn(graph, id));
      if (ready) {
        StageState state = states.of(stage);
        if (state.isUpToDate()) {
          add(stage, state.last());
        }
      }
    }
    return this;
  }

  private static boolean isIn(StageGraph graph, String id) {
    return graph.stages().stream().anyMatch(stage -> stage.id().equals(id));
  }

  /** Whether a stage makes the slices of a data set, in the folder of its name. */
  static boolean prepares(Stage stage) {
    return stage.spec().kind().equals(StageKind.PREPARE.id()) && !stage.outputs().isEmpty();
  }

  private void add(Stage stage, StageStamp stamp) {
    boolean prepares = prepares(stage);
    boolean evaluates = stage.spec().kind().equals(StageKind.EVALUATE.id());
    Path set = prepares ? stage.outputs().get(0) : folders.prepared(PreparedSet.TEST);
    CaseKeys cases = prepares || evaluates ? CaseKeys.of(set) : CaseKeys.NONE;
    LockedFiles files = new LockedFiles(cases, names);
    SortedMap<String, String> inputs = new TreeMap<>();
    stamp
        .inputs()
        .forEach(
            (name, value) -> {
              if (LockedFiles.isFile(name)) {
                files.add(name, value);
              } else if (name.startsWith(ENVIRONMENT) || TENSORS.contains(name)) {
                tensors.put(name.replace(ENVIRONMENT, ""), value);
              } else if (!name.equals(CODE)) {
                inputs.put(name, name.startsWith(FOLDERS) ? Sha256.of(value) : value);
              }
            });
    if (prepares) {
      data.put(set.getFileName().toString(), files.set());
    }
    SortedMap<String, LockedOutput> outputs = new TreeMap<>();
    stamp
        .outputs()
        .forEach(
            (path, output) ->
                outputs.put(
                    isOfCase(path) ? cases.withoutName(path) : path,
                    new LockedOutput(output.bytes(), output.sha256())));
    stages.put(stage.id(), new LockedStage(stamp.inputs().getOrDefault(CODE, ""), inputs, outputs));
  }

  /** Whether a file's name begins with that of a case: slices and predictions. */
  private static boolean isOfCase(String path) {
    return path.endsWith(".slices") || path.endsWith(".nii.gz");
  }

  SortedMap<String, LockedStage> stages() {
    return stages;
  }

  SortedMap<String, LockedSet> data() {
    return data;
  }

  /** What the results of tensor computations depend on. */
  SortedMap<String, String> tensors() {
    return tensors;
  }
}
