package org.mskd.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.PairedDifference;
import org.mskd.evaluation.PairedDifferences;
import org.mskd.problem.BadInputException;

/**
 * Runs against the first of them.
 *
 * @param runs the runs, in the order in which they were named
 * @param settings what is declared differently
 * @param models the differences of the scores: by run, model and metric
 * @param unmatched models that the first run or another one lacks, such as {@code pann only in B}
 */
public record RunComparison(
    List<ComparedRun> runs,
    List<SettingDifference> settings,
    List<ModelDifference> models,
    List<String> unmatched) {
  /** What is compared; larger values of the last one are worse. */
  static final List<Metric> METRICS =
      List.of(Metric.DICE, Metric.SURFACE_DICE, Metric.HD95_WITH_MISSES);

  public RunComparison {
    runs = List.copyOf(runs);
    settings = List.copyOf(settings);
    models = List.copyOf(models);
    unmatched = List.copyOf(unmatched);
  }

  /**
   * Compares runs.
   *
   * @param runs at least two
   * @param seed for the intervals
   * @throws BadInputException if no model of the first run was scored on a case of another one
   */
  public static RunComparison of(List<ComparedRun> runs, long seed) {
    ComparedRun first = runs.get(0);
    List<ModelDifference> models = new ArrayList<>();
    List<String> unmatched = new ArrayList<>();
    for (ComparedRun run : runs.subList(1, runs.size())) {
      for (String name : first.models()) {
        Optional<ModelScore> model = run.model(name);
        if (model.isEmpty()) {
          unmatched.add(name + " only in " + first.name());
        } else {
          models.addAll(
              differences(run.name(), model.get(), first.model(name).orElseThrow(), seed));
        }
      }
      run.models().stream()
          .filter(name -> first.model(name).isEmpty())
          .forEach(name -> unmatched.add(name + " only in " + run.name()));
    }
    if (models.isEmpty()) {
      throw new BadInputException(
          "No model of "
              + first.name()
              + " was scored on a case that a model of the same name of another run was scored on.",
          "Compare runs with the same test set, or with some of its cases.");
    }
    return new RunComparison(
        runs, SettingDifference.between(runs), models, unmatched.stream().distinct().toList());
  }

  private static List<ModelDifference> differences(
      String run, ModelScore model, ModelScore other, long seed) {
    List<ModelDifference> differences = new ArrayList<>();
    for (Metric metric : METRICS) {
      PairedDifferences pairs = PairedDifferences.of(model, other, metric);
      Map<String, PairedDifference> organs = new LinkedHashMap<>();
      for (String organ : pairs.organs()) {
        organs.put(organ, pairs.of(organ, seed).orElseThrow());
      }
      pairs.mean(seed).ifPresent(mean -> organs.put(ModelDifference.MEAN, mean));
      if (!organs.isEmpty()) {
        differences.add(new ModelDifference(run, model.name(), metric, organs));
      }
    }
    return differences;
  }
}
