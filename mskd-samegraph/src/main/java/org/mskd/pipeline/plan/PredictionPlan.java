package org.mskd.pipeline.plan;

import java.util.ArrayList;
import java.util.List;
import org.mskd.dataset.Subject;
import org.mskd.experiment.Prediction;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stages.ComputeContext;
import org.mskd.pipeline.stages.PredictStage;
import org.mskd.pipeline.stages.PredictionContext;
import org.mskd.pipeline.stages.PredictionTablesStage;
import org.mskd.problem.BadInputException;

/** The stages of {@code mskd:predict}: one per scan, and the tables. */
final class PredictionPlan {
  private PredictionPlan() {}

  /**
   * All stages.
   *
   * @throws BadInputException if the model or the input is missing or cannot be used
   */
  static List<Stage> of(WorkerRequest request) {
    Prediction prediction =
        request
            .prediction()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "<model> is missing.", "Give a model, an input and an output."));
    PredictionContext context =
        new PredictionContext(
            prediction,
            request.outputDirectory(),
            new ComputeContext(request.threads(), request.environment()));
    List<Stage> stages = new ArrayList<>();
    for (Subject subject : context.subjects()) {
      stages.add(new PredictStage(context, subject));
    }
    stages.add(new PredictionTablesStage(context));
    return stages;
  }

  /** The message at the end: where the results are. */
  static List<Event> report(WorkerRequest request) {
    return List.of(
        new Event.Message(
            "Label volumes: "
                + request.outputDirectory()
                + " (values in dataset.json, volumes and mean HU in volumes.csv)"));
  }
}
