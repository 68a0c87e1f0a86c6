package org.mskd.pipeline.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ScoreTable;
import org.mskd.experiment.Experiment;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;

/**
 * The report at the end of a goal that evaluates: the table of scores, and the path of the metrics.
 */
public final class Scores {
  private static final Set<Goal> EVALUATING = EnumSet.of(Goal.EVALUATE, Goal.CHECK, Goal.RUN);

  private Scores() {}

  /** The lines, one per event; none if the goal does not evaluate. */
  public static List<Event> of(WorkerRequest request) {
    if (!EVALUATING.contains(request.goal())) {
      return List.of();
    }
    Experiment experiment = request.experiment().orElseThrow();
    if (experiment.testSet().isEmpty()) {
      return List.of(new Event.Warning("No <testSet> is declared, so nothing was evaluated."));
    }
    Path file = new ExperimentFolders(request.outputDirectory()).metricsFile();
    List<Event> events = new ArrayList<>(List.of(new Event.Message("")));
    ScoreTable.lines(MetricsFile.read(file), experiment.organs())
        .forEach(line -> events.add(new Event.Message(line)));
    events.add(new Event.Message(""));
    events.add(new Event.Message("Metrics: " + file));
    return events;
  }
}
