package org.mskd.pipeline.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.TimingsFile;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.history.HistoryCsv;
import org.mskd.history.TrainingCurves;
import org.mskd.lock.ExperimentLock;
import org.mskd.lock.ExperimentParameters;
import org.mskd.lock.LockFile;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageStamp;
import org.mskd.problem.BadInputException;
import org.mskd.report.content.NetworkCurves;
import org.mskd.report.content.ReportContent;
import org.mskd.report.content.StageLine;

/** Collects what the stages of an experiment left in an output directory. */
final class CollectedContent {
  /** Points of a curve: more than a chart has pixels for would only make it slow. */
  private static final int POINTS = 400;

  private final Experiment experiment;
  private final ExperimentFolders folders;
  private final CollectedData data;

  /** Of the last run: its parameters are those of the results. */
  private final Optional<ExperimentLock> lock;

  CollectedContent(Experiment experiment, ExperimentFolders folders) {
    this.experiment = experiment;
    this.folders = folders;
    this.data = new CollectedData(experiment, folders);
    Path file = folders.root().resolve(ExperimentLock.FILE);
    this.lock = Files.isRegularFile(file) ? Optional.of(LockFile.read(file)) : Optional.empty();
  }

  /**
   * The content.
   *
   * @param name of the experiment
   * @param graph the stages of the whole experiment
   * @param stages what the run did with them, or whether they are up to date
   * @param notices about the results as a whole
   */
  ReportContent of(String name, List<Stage> graph, List<StageLine> stages, List<String> notices) {
    ShortPaths shorter = new ShortPaths(experiment, folders.root());
    return new ReportContent(
        name.isEmpty() ? "Experiment" : name,
        LibraryVersion.text(),
        Instant.now(),
        experiment.organs(),
        experiment.seed(),
        metrics(),
        timings(),
        networks(),
        data.training(),
        data.test(),
        notices.stream().map(shorter).toList(),
        warnings(graph).stream().map(shorter).toList(),
        lock.map(ExperimentLock::parameters).orElseGet(() -> ExperimentParameters.of(experiment)),
        environment(),
        stages.stream()
            .map(line -> new StageLine(line.name(), shorter.apply(line.state()), line.time()))
            .toList());
  }

  Optional<Metrics> metrics() {
    return experiment.testSet().isPresent() && Files.isRegularFile(folders.metricsFile())
        ? Optional.of(MetricsFile.read(folders.metricsFile()))
        : Optional.empty();
  }

  private SortedMap<String, SortedMap<String, Double>> timings() {
    Path file = folders.evaluation().resolve(TimingsFile.NAME);
    try {
      return Files.isRegularFile(file) ? TimingsFile.read(file) : new TreeMap<>();
    } catch (BadInputException e) {
      return new TreeMap<>(); // no result: the table shows dashes
    }
  }

  private List<NetworkCurves> networks() {
    List<NetworkCurves> networks = new ArrayList<>();
    for (int replicate = 1; replicate <= experiment.replicates(); replicate++) {
      ExperimentFolders own = folders.ofReplicate(replicate);
      String ending = replicate == 1 ? "" : ", replicate " + replicate;
      for (String organ : experiment.organs()) {
        add(networks, "teacher " + organ + ending, own.teacher(organ));
      }
      for (Method method : experiment.methods()) {
        add(networks, "student " + method.name() + ending, own.method(method.name()));
      }
    }
    return networks;
  }

  private void add(List<NetworkCurves> networks, String title, Path folder) {
    Path history = ExperimentFolders.historyIn(folder);
    if (Files.isRegularFile(history)) {
      Path table = folders.root().relativize(history.resolveSibling(HistoryCsv.NAME));
      networks.add(
          new NetworkCurves(
              title, TrainingCurves.read(history, POINTS), table.toString().replace('\\', '/')));
    }
  }

  private List<String> warnings(List<Stage> graph) {
    Set<String> warnings = new LinkedHashSet<>();
    for (Stage stage : graph) {
      StageStamp stamp = StageStamp.read(StageStamp.fileOf(folders.root(), stage.id()));
      if (stamp != null) {
        warnings.addAll(stamp.warnings());
      }
    }
    return List.copyOf(warnings);
  }

  private SortedMap<String, String> environment() {
    SortedMap<String, String> environment = new TreeMap<>();
    lock.ifPresent(
        found -> {
          environment.putAll(found.environment().tensors());
          environment.putAll(found.environment().machine());
        });
    return environment;
  }
}
