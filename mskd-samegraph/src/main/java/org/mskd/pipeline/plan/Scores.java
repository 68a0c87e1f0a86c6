package org.mskd.pipeline.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mskd.evaluation.ComponentsFile;
import org.mskd.evaluation.FoldsFile;
import org.mskd.evaluation.MeansTable;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ScoreTable;
import org.mskd.evaluation.SeedTable;
import org.mskd.experiment.Experiment;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.GoalFolders;
import org.mskd.pipeline.request.WorkerRequest;

/**
 * The report at the end of a goal: the tables of scores and the paths of the metrics, the place of
 * predictions, or the check of the data.
 */
public final class Scores {
  private static final Set<Goal> EVALUATING = EnumSet.of(Goal.EVALUATE, Goal.CHECK, Goal.RUN);

  private Scores() {}

  /** The lines, one per event; none if the goal has no report. */
  public static List<Event> of(WorkerRequest request) {
    if (request.goal() == Goal.PREDICT) {
      return PredictionPlan.report(request);
    }
    if (request.scoring().isPresent()) {
      return ScoringPlan.report(request);
    }
    if (request.goal() == Goal.CHECK_DATA) {
      return new DataReport(request).lines();
    }
    ExperimentFolders folders = new ExperimentFolders(request.outputDirectory());
    if (request.goal() == Goal.REPORT) {
      return List.of(report(folders));
    }
    if (request.goal() == Goal.CROSS_VALIDATE) {
      return crossValidation(request.experiment().orElseThrow(), folders.crossValidation());
    }
    if (!EVALUATING.contains(request.goal())) {
      return List.of();
    }
    List<Event> events = new ArrayList<>(evaluation(request, folders));
    if (request.goal() == Goal.RUN && Files.isRegularFile(GoalFolders.reportPage(folders.root()))) {
      events.add(report(folders));
    }
    return events;
  }

  private static Event report(ExperimentFolders folders) {
    return new Event.Message("Report: " + GoalFolders.reportPage(folders.root()));
  }

  private static List<Event> crossValidation(Experiment experiment, Path folder) {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(
        SeedTable.foldLines(
            FoldsFile.read(ExperimentFolders.foldsIn(folder)), experiment.organs()));
    lines.addAll(
        ComponentAdvice.lines(ComponentsFile.read(ExperimentFolders.componentsIn(folder))));
    lines.add("");
    lines.add("Scores of all subjects: " + ExperimentFolders.metricsIn(folder));
    if (!experiment.methods().isEmpty()) {
      lines.add(
          "Ensembles of the folds, for mskd:predict: "
              + experiment.methods().stream()
                  .map(method -> ExperimentFolders.ensembleIn(folder, method.name()).toString())
                  .collect(Collectors.joining(", ")));
    }
    return lines.stream().<Event>map(Event.Message::new).toList();
  }

  private static List<Event> evaluation(WorkerRequest request, ExperimentFolders folders) {
    Experiment experiment = request.experiment().orElseThrow();
    if (experiment.testSet().isEmpty()) {
      return List.of(new Event.Warning("No <testSet> is declared, so nothing was evaluated."));
    }
    return tables(folders, experiment.organs(), experiment.seed());
  }

  /** The tables of the scores, and where they are written. */
  static List<Event> tables(ExperimentFolders folders, List<String> organs, long seed) {
    Metrics metrics = MetricsFile.read(folders.metricsFile());
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(ScoreTable.lines(metrics, organs, seed));
    lines.add("");
    lines.addAll(MeansTable.lines(metrics));
    metrics
        .replicates()
        .ifPresent(
            replicates -> {
              lines.add("");
              lines.addAll(SeedTable.lines(replicates, organs));
            });
    lines.add("");
    lines.add("Metrics: " + folders.metricsFile());
    lines.add("As CSV: " + folders.casesCsv() + " and " + folders.summaryCsv().getFileName());
    return lines.stream().<Event>map(Event.Message::new).toList();
  }
}
