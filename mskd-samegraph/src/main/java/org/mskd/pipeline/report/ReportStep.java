package org.mskd.pipeline.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.ModelScore;
import org.mskd.experiment.Experiment;
import org.mskd.file.AtomicFile;
import org.mskd.file.Sha256;
import org.mskd.lock.ExperimentLock;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.plan.ExperimentPlan;
import org.mskd.pipeline.plan.ExperimentStatus;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.GoalFolders;
import org.mskd.pipeline.request.ReportOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.Stage;
import org.mskd.problem.BadInputException;
import org.mskd.report.ReportWriter;
import org.mskd.report.TestCases;
import org.mskd.report.content.ReportContent;
import org.mskd.report.content.StageLine;

/**
 * Writes the report at the end of {@code mskd:run}, if it is not that of the present results, and
 * always in {@code mskd:report}. It is not a stage: it shows what the run did.
 */
public final class ReportStep {
  /** Changes whenever the same results are shown otherwise. */
  private static final String FORMAT = "1";

  private final WorkerRequest request;
  private final ExperimentFolders folders;
  private final ReportOptions options;

  public ReportStep(WorkerRequest request) {
    this.request = request;
    this.folders = new ExperimentFolders(request.outputDirectory());
    this.options = request.options().report();
  }

  private boolean isWanted() {
    return request.experiment().isPresent()
        && (request.goal() == Goal.RUN || request.goal() == Goal.REPORT);
  }

  /** Whether no report is wanted, or the folder holds that of the present results. */
  public boolean isCurrent() {
    return !isWanted()
        || (request.goal() == Goal.RUN
            && ReportWriter.holds(GoalFolders.report(folders.root()), digest()));
  }

  /** The lock has all results of the experiment as digests. */
  private String digest() {
    Path lock = folders.root().resolve(ExperimentLock.FILE);
    return Sha256.of(FORMAT + options + (Files.isRegularFile(lock) ? Sha256.of(lock) : ""));
  }

  /**
   * Writes the report.
   *
   * @param name of the experiment
   * @param events of the run so far
   * @param log receives a warning if the report of a run cannot be written; its results are there
   * @throws BadInputException in {@code mskd:report}, if a file cannot be read or written
   */
  public void write(String name, List<Event> events, EventLog log) {
    if (isCurrent()) {
      return;
    }
    try {
      write(name, events);
    } catch (BadInputException e) {
      if (request.goal() == Goal.REPORT) {
        throw e;
      }
      log.report(
          new Event.Warning(
              "The report could not be written: "
                  + e.problem()
                  + " "
                  + e.remedy()
                  + " Then run mskd:report."));
    }
  }

  private void write(String name, List<Event> events) {
    Experiment experiment = request.experiment().orElseThrow();
    boolean evaluated = experiment.testSet().isPresent();
    WorkerRequest whole = request.withGoal(evaluated ? Goal.EVALUATE : Goal.DISTILL);
    List<Stage> graph = ExperimentPlan.of(whole).stages();
    StageLines lines = new StageLines(StageTimes.read(folders.root()));
    List<StageLine> stages =
        request.goal() == Goal.REPORT
            ? lines.ofNow(ExperimentStatus.of(whole))
            : lines.ofRun(graph, events);
    ReportContent content = new CollectedContent(experiment, folders).of(name, graph, stages);
    if (content.metrics().isEmpty() && content.networks().isEmpty()) {
      throw new BadInputException(
          folders.root() + " holds no results to report.", "Run mskd:run first.");
    }
    List<Double> window =
        List.of(experiment.preprocessing().windowLow(), experiment.preprocessing().windowHigh());
    new ReportWriter(
            GoalFolders.report(folders.root()), options.images(), options.maximumBytes(), window)
        .write(content, cases(experiment, content), copies(content.metrics()), digest());
  }

  /** Null without a test set, and so without cases. */
  private TestCases cases(Experiment experiment, ReportContent content) {
    List<String> models = content.models().stream().map(ModelScore::name).toList();
    return experiment
        .testSet()
        .map(testSet -> new EvaluatedCases(experiment, testSet, models, folders))
        .orElse(null);
  }

  /** Files of scores that a reader of the report alone needs too. */
  private Map<String, byte[]> copies(Optional<Metrics> metrics) {
    Map<String, byte[]> copies = new LinkedHashMap<>();
    if (metrics.isPresent()) {
      for (Path file : List.of(folders.metricsFile(), folders.casesCsv(), folders.summaryCsv())) {
        copies.put(file.getFileName().toString(), bytes(file));
      }
    }
    return copies;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
  }
}
