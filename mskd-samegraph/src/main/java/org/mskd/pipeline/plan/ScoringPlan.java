package org.mskd.pipeline.plan;

import java.util.ArrayList;
import java.util.List;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.Subject;
import org.mskd.experiment.Prediction;
import org.mskd.experiment.Scoring;
import org.mskd.model.ModelEnsemble;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stages.ExamineTestStage;
import org.mskd.pipeline.stages.PredictStage;
import org.mskd.pipeline.stages.PredictionContext;
import org.mskd.pipeline.stages.PredictionTablesStage;
import org.mskd.pipeline.stages.ScoreModelStage;
import org.mskd.pipeline.stages.ScoredModel;

/**
 * The stages of {@code mskd:evaluate} for a given model: the check of the test set, those of {@code
 * mskd:predict}, and the scores.
 */
final class ScoringPlan {
  private ScoringPlan() {}

  /**
   * All stages.
   *
   * @throws org.mskd.problem.BadInputException if the model or the test set is missing or cannot be
   *     used, or they have no organ in common
   */
  static List<Stage> of(WorkerRequest request) {
    ScoredModel model = model(request);
    List<Stage> stages = new ArrayList<>();
    stages.add(new ExamineTestStage(model));
    for (Subject subject : model.context().subjects()) {
      stages.add(new PredictStage(model.context(), subject));
    }
    stages.add(new PredictionTablesStage(model.context()));
    stages.add(new ScoreModelStage(model));
    return stages;
  }

  private static ScoredModel model(WorkerRequest request) {
    Scoring scoring = request.scoring().orElseThrow();
    DatasetFolder.test(scoring.testSet().directory());
    return ScoredModel.of(
        new PredictionContext(prediction(request.prediction().orElseThrow()), request), scoring);
  }

  /** Components of organs that the model does not predict are those of an experiment's models. */
  private static Prediction prediction(Prediction declared) {
    List<String> organs = ModelEnsemble.readCards(declared.model()).get(0).organs();
    return new Prediction(
        declared.model(),
        declared.input(),
        declared.components().stream().filter(kept -> organs.contains(kept.organ())).toList(),
        declared.probabilities(),
        declared.batchSize());
  }

  /** The messages at the end: the tables of the scores, and the places of all results. */
  static List<Event> report(WorkerRequest request) {
    List<Event> events =
        new ArrayList<>(
            Scores.tables(
                new ExperimentFolders(request.outputDirectory()),
                model(request).scored(),
                request.scoring().orElseThrow().seed()));
    events.addAll(PredictionPlan.report(request));
    return events;
  }
}
