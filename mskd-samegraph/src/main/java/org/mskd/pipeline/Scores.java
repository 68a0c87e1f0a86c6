package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ScoreTable;
import org.mskd.experiment.Experiment;

/** What is told at the end of a goal that evaluates: the table of scores, and where they lie. */
final class Scores {
  private Scores() {}

  /** The lines, one an event; none where the goal does not evaluate. */
  static List<Event> told(WorkerRequest request) {
    if (request.goal() != Goal.RUN && request.goal() != Goal.EVALUATE) {
      return List.of();
    }
    Experiment experiment = request.experiment().orElseThrow();
    if (experiment.testSet().isEmpty()) {
      return List.of(new Event.Warning("No <testSet> is declared, so nothing was evaluated."));
    }
    Path file = EvaluateStage.metricsFile(new ExperimentFolders(request.outputDirectory()));
    List<Event> events = new ArrayList<>(List.of(new Event.Message("")));
    ScoreTable.lines(MetricsFile.read(file), experiment.organs())
        .forEach(line -> events.add(new Event.Message(line)));
    events.add(new Event.Message(""));
    events.add(new Event.Message("Metrics: " + file));
    return events;
  }
}
