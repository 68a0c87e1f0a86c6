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
import org.mskd.pipeline.stage.StageForecast;
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
            && ReportWriter.holds(GoalFolders.report(folders.root()), digest(List.of())));
  }

  /**
   * What a report shows. The lock has all results of the experiment as digests.
   *
   * @param notices about results of another configuration; a report with them is of no run
   */
  private String digest(List<String> notices) {
    Path lock = folders.root().resolve(ExperimentLock.FILE);
    return Sha256.of(
        LibraryVersion.text()
            + options
            + notices
            + (Files.isRegularFile(lock) ? Sha256.of(lock) : ""));
  }

  /**
   * Writes the report. If that of a run fails, its results are there, so the run does not fail.
   *
   * @param name of the experiment
   * @param events of the run so far
   * @param log receives messages
   * @throws BadInputException in {@code mskd:report}, if a file cannot be read or written
   */
  public void write(String name, List<Event> events, EventLog log) {
    if (isCurrent()) {
      return;
    }
    if (request.goal() == Goal.REPORT) {
      write(name, events);
      return;
    }
    try {
      write(name, events);
    } catch (BadInputException e) {
      warn(log, e.problem() + " " + e.remedy());
    } catch (RuntimeException | OutOfMemoryError e) {
      e.printStackTrace(); // to the worker's log
      warn(log, "There was an error (" + e + "), see logs/worker.log.");
    }
  }

  private static void warn(EventLog log, String why) {
    log.report(
        new Event.Warning(
            "The report could not be written: " + why + " Then run mskd:report again."));
  }

  private void write(String name, List<Event> events) {
    Experiment experiment = request.experiment().orElseThrow();
    boolean evaluated = experiment.testSet().isPresent();
    WorkerRequest whole = request.withGoal(evaluated ? Goal.EVALUATE : Goal.DISTILL);
    List<Stage> graph = ExperimentPlan.of(whole).stages();
    StageLines lines = new StageLines(StageTimes.read(folders.root()));
    List<StageForecast> forecasts =
        request.goal() == Goal.REPORT ? ExperimentStatus.of(whole) : List.of();
    List<StageLine> stages =
        request.goal() == Goal.REPORT ? lines.ofNow(forecasts) : lines.ofRun(graph, events);
    ReportContent content =
        new CollectedContent(experiment, folders)
            .of(name, graph, stages, StageLines.notices(forecasts));
    if (content.metrics().isEmpty() && content.networks().isEmpty()) {
      throw new BadInputException(
          folders.root() + " holds no results to report.", "Run mskd:run first.");
    }
    List<Double> window =
        List.of(experiment.preprocessing().windowLow(), experiment.preprocessing().windowHigh());
    new ReportWriter(
            GoalFolders.report(folders.root()), options.images(), options.maximumBytes(), window)
        .write(
            content,
            cases(experiment, content),
            copies(content.metrics()),
            digest(content.notices()));
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
      throw new BadInputException(
          file + " cannot be read (" + e + ").", "Run mskd:evaluate again.", e);
    }
  }
}
