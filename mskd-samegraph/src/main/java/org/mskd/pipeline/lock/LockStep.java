package org.mskd.pipeline.lock;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.PreparedSet;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelScore;
import org.mskd.experiment.Experiment;
import org.mskd.lock.ExperimentLock;
import org.mskd.lock.ExperimentParameters;
import org.mskd.lock.LockFile;
import org.mskd.lock.LockedEnvironment;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.pipeline.stage.StageStates;
import org.mskd.problem.BadInputException;

/**
 * Writes {@code lock.json} at the end of each run of an experiment: all stages of the whole
 * experiment that are up to date, whatever the goal of the run.
 */
public final class LockStep {
  private static final Set<Goal> WITHOUT =
      EnumSet.of(
          Goal.CROSS_VALIDATE,
          Goal.PREDICT,
          Goal.EXPORT,
          Goal.REPORT,
          Goal.DOCTOR,
          Goal.MAKE_PHANTOMS,
          Goal.CHECK_DATA);

  private final WorkerRequest request;
  private final ExperimentFolders folders;
  private final FileDigests digests;

  public LockStep(WorkerRequest request, FileDigests digests) {
    this.request = request;
    this.folders = new ExperimentFolders(request.outputDirectory());
    this.digests = digests;
  }

  /** The path of the lock. */
  public static Path fileIn(Path outputDirectory) {
    return outputDirectory.resolve(ExperimentLock.FILE);
  }

  /** Writes the lock, if the goal is one of an experiment, and the lock does not exist yet. */
  public void write() {
    if (!isWanted() || isCurrent()) {
      return;
    }
    LockFile.write(fileIn(request.outputDirectory()), make(true));
  }

  private boolean isWanted() {
    return !WITHOUT.contains(request.goal()) && request.experiment().isPresent();
  }

  /**
   * Whether the lock is that of what is up to date now. The machine and the class path, of which no
   * result depends, are not compared.
   */
  public boolean isCurrent() {
    if (!isWanted()) {
      return true;
    }
    Path file = fileIn(request.outputDirectory());
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      return LockFile.read(file).isSameResult(make(false));
    } catch (BadInputException e) {
      return false; // it is replaced
    }
  }

  private ExperimentLock make(boolean withMachine) {
    Experiment experiment = request.experiment().orElseThrow();
    StageGraph graph = LockedExperiment.whole(request);
    LockedStages locked =
        new LockedStages(
                folders,
                new StageStates(request.outputDirectory(), digests, graph),
                request.options().lockNames())
            .addAll(graph);
    return new ExperimentLock(
        locked.data(),
        new LockedEnvironment(
            withMachine ? classPath() : new TreeMap<>(),
            withMachine ? machine() : new TreeMap<>(),
            locked.tensors()),
        locked.stages().containsKey("metrics") ? Optional.of(metrics()) : Optional.empty(),
        ExperimentParameters.of(experiment),
        locked.stages());
  }

  private Metrics metrics() {
    Metrics named = MetricsFile.read(folders.metricsFile());
    CaseKeys cases = CaseKeys.of(folders.prepared(PreparedSet.TEST));
    List<ModelScore> models =
        named.models().stream()
            .map(
                model ->
                    model.withCases(
                        model.cases().stream()
                            .map(score -> score.withId(key(cases, score)))
                            .sorted(Comparator.comparing(CaseScore::id)) // names leave no trace
                            .toList()))
            .toList();
    return new Metrics(named.testSet(), named.surfaceToleranceMm(), models, named.replicates());
  }

  private static String key(CaseKeys cases, CaseScore score) {
    return cases.keys().getOrDefault(score.id(), score.id());
  }

  /** The digest of each jar; class folders, of a build of mskd itself, have none. */
  private SortedMap<String, String> classPath() {
    SortedMap<String, String> jars = new TreeMap<>();
    request
        .jars()
        .forEach(
            (coordinates, jar) ->
                jars.put(
                    coordinates, Files.isRegularFile(jar) ? digests.of(jar) : "folder of classes"));
    return jars;
  }

  private static SortedMap<String, String> machine() {
    SortedMap<String, String> machine = new TreeMap<>();
    for (String name : List.of("java.vendor", "java.version", "os.arch", "os.name")) {
      machine.put(name, System.getProperty(name));
    }
    return machine;
  }
}
