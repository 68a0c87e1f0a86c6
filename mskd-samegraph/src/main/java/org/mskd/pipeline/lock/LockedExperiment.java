package org.mskd.pipeline.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.Experiment;
import org.mskd.lock.DataDifferences;
import org.mskd.lock.ExperimentLock;
import org.mskd.lock.ExperimentParameters;
import org.mskd.lock.LockDifference;
import org.mskd.lock.LockedSet;
import org.mskd.lock.LockedStage;
import org.mskd.pipeline.plan.ExperimentPlan;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.pipeline.stage.StageInputs;

/** Compares a declared experiment with a lock, before anything has run. */
public final class LockedExperiment {
  private final ExperimentLock lock;
  private final WorkerRequest request;
  private final StageGraph graph;

  /**
   * @throws org.mskd.problem.BadInputException if the experiment could not run
   */
  public LockedExperiment(ExperimentLock lock, WorkerRequest request) {
    this.lock = lock;
    this.request = request;
    this.graph = whole(request);
  }

  /** All stages of an experiment, without its rules. */
  static StageGraph whole(WorkerRequest request) {
    Experiment experiment = request.experiment().orElseThrow();
    Goal last = experiment.methods().isEmpty() ? Goal.TRAIN_TEACHERS : Goal.DISTILL;
    return ExperimentPlan.of(
        request.withGoal(experiment.testSet().isPresent() ? Goal.EVALUATE : last));
  }

  /** Parameters, and the code of each stage. */
  public List<LockDifference> ofDeclaration() {
    Experiment experiment = request.experiment().orElseThrow();
    List<LockDifference> differences =
        new ArrayList<>(
            LockDifference.between("", lock.parameters(), ExperimentParameters.of(experiment)));
    SortedMap<String, String> locked = new TreeMap<>();
    lock.stages().forEach((id, stage) -> locked.put(id, stage.code()));
    SortedMap<String, String> now = new TreeMap<>();
    for (Stage stage : graph.stages()) {
      now.put(stage.id(), stage.spec().parameters().getOrDefault(LockedStages.CODE, ""));
    }
    differences.addAll(LockDifference.between("code of ", locked, now));
    return differences;
  }

  /** Whether the data are drawn by the experiment itself. */
  public boolean drawsPhantoms() {
    return request.experiment().flatMap(Experiment::phantoms).isPresent();
  }

  /**
   * The data sets.
   *
   * @throws org.mskd.problem.BadInputException if a file cannot be read
   */
  public List<LockDifference> ofData() {
    StageInputs inputs =
        new StageInputs(
            request.outputDirectory(),
            FileDigests.in(request.outputDirectory(), request.options().reread()));
    SortedMap<String, LockedSet> now = new TreeMap<>();
    for (Stage stage : graph.stages()) {
      if (LockedStages.prepares(stage)) {
        SortedMap<String, String> texts = inputs.of(stage.spec(), StageKind.PHANTOMS.id()::equals);
        LockedFiles files = new LockedFiles(CaseKeys.ofFiles(texts.keySet()), false);
        texts.forEach(files::addIfFile);
        now.put(stage.outputs().get(0).getFileName().toString(), files.set());
      }
    }
    return DataDifferences.between(lock.data(), now);
  }

  /** The stages that the lock lacks, since not all were up to date when it was written. */
  public List<String> missingStages() {
    SortedMap<String, LockedStage> stages = lock.stages();
    return graph.stages().stream().map(Stage::id).filter(id -> !stages.containsKey(id)).toList();
  }
}
