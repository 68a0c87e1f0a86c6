package org.mskd.pipeline.publication;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.OrganScore;
import org.mskd.evaluation.Summary;
import org.mskd.experiment.Experiment;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.PublishedMean;
import org.mskd.model.PublishedScore;
import org.mskd.model.PublishedScores;
import org.mskd.pipeline.models.ModelName;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.StageStamp;

/**
 * The scores of a model on the test set.
 *
 * @param outdated the stages whose results are of other settings than the experiment's
 */
record TestScores(
    Experiment experiment, ExperimentFolders folders, StageResults results, Set<String> outdated) {
  /** Those of a model; empty if it was not evaluated with the present settings. */
  Optional<PublishedScores> of(ModelName name, ModelCard card) {
    Path file = ExperimentFolders.scoresIn(folders.evaluation(name.evaluatedAs()));
    if (experiment.testSet().isEmpty()
        || outdated.contains(evaluation(name))
        || !isOfModel(name)
        || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    results.requireOutput(evaluation(name), file);
    Metrics metrics = MetricsFile.read(file);
    ModelScore model = metrics.models().get(0);
    SortedMap<String, PublishedScore> organs = new TreeMap<>();
    for (String organ : card.organs()) {
      OrganScore score = model.organs().get(organ);
      if (score != null) {
        organs.put(organ, score(score));
      }
    }
    return Optional.of(
        new PublishedScores(
            (int) model.cases().stream().map(CaseScore::id).distinct().count(),
            metrics.surfaceToleranceMm(),
            name.kind() == ModelKind.TEACHER,
            organs,
            card.organs().size() > 1 ? Optional.of(score(model.mean())) : Optional.empty()));
  }

  /** Whether the model was evaluated, but with other settings. */
  boolean areOutdated(ModelName name) {
    return outdated.contains(evaluation(name)) && results.stamp(evaluation(name)).isPresent();
  }

  private static String evaluation(ModelName name) {
    return StageKind.EVALUATE.id() + "/" + name.evaluatedAs();
  }

  /** Whether the model that was evaluated is the one that is there. */
  private boolean isOfModel(ModelName name) {
    String digest = results.digest(name.stage());
    return results
        .stamp(evaluation(name))
        .map(StageStamp::inputs)
        .map(inputs -> inputs.get(name.stage().replace('/', '.')))
        .filter(digest::equals)
        .isPresent();
  }

  private static PublishedScore score(OrganScore score) {
    SortedMap<String, PublishedMean> metrics = new TreeMap<>();
    for (Metric metric : Metric.values()) {
      Summary summary = score.of(metric);
      summary
          .mean()
          .ifPresent(
              mean ->
                  metrics.put(metric.key(), new PublishedMean(mean, limits(summary), summary.n())));
    }
    return new PublishedScore(score.cases(), score.missed(), score.falsePositiveCases(), metrics);
  }

  private static List<Double> limits(Summary summary) {
    return summary.interval().map(of -> List.of(of.low(), of.high())).orElse(List.of());
  }
}
