package org.mskd.pipeline.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mskd.pipeline.models.ModelName;
import org.mskd.pipeline.plan.ExperimentStatus;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.StageForecast;
import org.mskd.problem.BadInputException;

/** Which models and scores are those of the declared experiment. */
final class CurrentResults {
  private final Map<String, StageForecast> stages;
  private final Optional<String> unknown;

  private CurrentResults(Map<String, StageForecast> stages, Optional<String> unknown) {
    this.stages = stages;
    this.unknown = unknown;
  }

  /** Finds out. Without the data of the experiment it cannot be known. */
  static CurrentResults of(WorkerRequest request) {
    try {
      Map<String, StageForecast> stages = new TreeMap<>();
      ExperimentStatus.of(request.withGoal(Goal.RUN))
          .forEach(forecast -> stages.put(forecast.id(), forecast));
      return new CurrentResults(stages, Optional.empty());
    } catch (BadInputException e) {
      return new CurrentResults(Map.of(), Optional.of(e.problem()));
    }
  }

  /** Whether the scores of a model are those of the model that is there. */
  boolean isEvaluated(String model) {
    return isCurrent("evaluate/" + model);
  }

  private boolean isCurrent(String id) {
    return stages.containsKey(id) && stages.get(id).outcome() == StageForecast.Outcome.UP_TO_DATE;
  }

  /**
   * Full sentences on models that a run would train again, or that have no scores.
   *
   * @param tested whether there is a test set
   */
  List<String> warnings(List<ModelName> models, boolean tested) {
    if (unknown.isPresent()) {
      return List.of(
          "Whether models and scores are up to date is not known, so scores are left out: "
              + unknown.get());
    }
    List<String> warnings = new ArrayList<>();
    for (ModelName model : models) {
      StageForecast stage = stages.get(model.stage());
      if (stage != null && stage.outcome() != StageForecast.Outcome.UP_TO_DATE) {
        warnings.add(
            "%s is not up to date (%s): its last finished model is exported."
                .formatted(stage.name(), stage.reason()));
      } else if (tested && !isEvaluated(model.evaluatedAs())) {
        warnings.add(
            "%s was not evaluated, so the model card has no scores of it: run mvn mskd:evaluate and"
                    .formatted(model.text())
                + " export it again.");
      }
    }
    return warnings;
  }
}
