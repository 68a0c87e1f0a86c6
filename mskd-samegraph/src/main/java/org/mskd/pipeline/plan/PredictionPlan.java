package org.mskd.pipeline.plan;

import java.util.ArrayList;
import java.util.List;
import org.mskd.dataset.Subject;
import org.mskd.experiment.Prediction;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelEnsemble;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.Stage;
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
    PredictionContext context = new PredictionContext(prediction, request);
    List<Stage> stages = new ArrayList<>();
    for (Subject subject : context.subjects()) {
      stages.add(new PredictStage(context, subject));
    }
    stages.add(new PredictionTablesStage(context));
    return stages;
  }

  /** The messages at the end: where the results are, and the cost of an ensemble. */
  static List<Event> report(WorkerRequest request) {
    List<Event> lines = new ArrayList<>();
    List<ModelCard> cards =
        request
            .prediction()
            .map(prediction -> ModelEnsemble.readCards(prediction.model()))
            .orElse(List.of());
    if (cards.size() > 1) {
      lines.add(
          new Event.Message(
              "Probabilities are means over an ensemble of %d models, %d passes per slice."
                  .formatted(cards.size(), cards.stream().mapToInt(ModelCard::passes).sum())));
    }
    lines.add(
        new Event.Message(
            "Label volumes: "
                + request.outputDirectory()
                + " (values in dataset.json, volumes and mean HU in volumes.csv)"));
    return lines;
  }
}
