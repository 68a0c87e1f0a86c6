package org.mskd.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.OrganScore;
import org.mskd.evaluation.PairedDifference;
import org.mskd.evaluation.TimingsFile;
import org.mskd.report.content.ReportContent;

/**
 * A model in the table of scores.
 *
 * @param name of the model
 * @param cells mean Dice, Dice of each organ, difference to the reference model, surface Dice,
 *     HD95, missed, passes, parameters, times
 */
record ScoreRow(String name, List<Cell> cells) {
  /** The headings of the cells. */
  static List<String> headings(ReportContent content, Optional<ModelScore> reference) {
    List<String> headings = new ArrayList<>(List.of("mean Dice"));
    headings.addAll(content.organs());
    reference.ifPresent(model -> headings.add("difference to " + model.name()));
    headings.addAll(
        List.of(
            "surface Dice",
            "HD95, mm",
            "missed organs",
            "forward passes",
            "parameters",
            "training, ms/iteration",
            "prediction, s/scan"));
    return headings;
  }

  static ScoreRow of(ModelScore model, ReportContent content, Optional<ModelScore> reference) {
    List<Cell> cells = new ArrayList<>();
    cells.add(metric(model.mean(), Metric.DICE, 3));
    for (String organ : content.organs()) {
      OrganScore score = model.organs().get(organ);
      cells.add(
          score == null
              ? Cell.undefined()
              : Cell.of(
                  Numbers.withDeviation(score.of(Metric.DICE)), score.of(Metric.DICE).mean()));
    }
    reference.ifPresent(other -> cells.add(difference(model, other, content.seed())));
    cells.add(metric(model.mean(), Metric.SURFACE_DICE, 3));
    cells.add(metric(model.mean(), Metric.HD95_WITH_MISSES, 1));
    cells.add(
        Cell.of(model.mean().missed() + " of " + model.mean().cases(), model.mean().missed()));
    cells.add(
        Cell.of(
            model.cost().heads() == 1
                ? "" + model.cost().passes()
                : model.cost().passes() + " (" + model.cost().heads() + " heads)",
            model.cost().passes()));
    cells.add(Cell.of(Numbers.grouped(model.cost().parameters()), model.cost().parameters()));
    SortedMap<String, Double> times = content.timings().get(model.name());
    cells.add(time(times, TimingsFile.TRAINING, 1000, 0));
    cells.add(time(times, TimingsFile.PREDICTION, 1, 2));
    return new ScoreRow(model.name(), cells);
  }

  private static Cell metric(OrganScore score, Metric metric, int decimals) {
    return Cell.of(score.of(metric).mean(), decimals);
  }

  private static Cell difference(ModelScore model, ModelScore other, long seed) {
    if (model == other) {
      return Cell.of("", 0);
    }
    return PairedDifference.of(model, other, seed)
        .map(difference -> Cell.of(difference.text(), difference.mean()))
        .orElseGet(Cell::undefined);
  }

  private static Cell time(
      SortedMap<String, Double> times, String name, double factor, int decimals) {
    Double seconds = times == null ? null : times.get(name);
    return seconds == null
        ? Cell.undefined()
        : Cell.of(Numbers.fixed(factor * seconds, decimals), seconds);
  }
}
