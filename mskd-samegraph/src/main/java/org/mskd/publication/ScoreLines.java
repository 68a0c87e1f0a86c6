package org.mskd.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.TextTable;
import org.mskd.model.ModelCard;
import org.mskd.model.Publication;
import org.mskd.model.PublishedMean;
import org.mskd.model.PublishedScore;
import org.mskd.model.PublishedScores;

/** The scores of a packaged model. */
final class ScoreLines {
  private ScoreLines() {}

  static void add(Labelled lines, ModelCard card) {
    card.publication()
        .flatMap(Publication::scores)
        .ifPresentOrElse(
            scores -> add(lines, scores), () -> lines.add("scores", TrainingLines.UNKNOWN));
  }

  private static void add(Labelled lines, PublishedScores scores) {
    lines.add(
        "scores",
        "test set of %d scans%s; means over the cases that have the organ, with 95 %% intervals; missed organs count as Dice 0"
            .formatted(
                scores.subjects(),
                scores.merged() ? ", with the teachers of all organs, of which this is one" : ""));
    List<List<String>> rows = new ArrayList<>();
    String tolerance = DescriptionText.number(scores.surfaceToleranceMm());
    rows.add(
        List.of(
            "organ", "cases", "missed", "Dice", "surface Dice " + tolerance + " mm", "HD95 mm"));
    scores.organs().forEach((organ, score) -> rows.add(row(organ, score)));
    scores.mean().ifPresent(mean -> rows.add(row("mean", mean)));
    lines.addAll("", new TextTable(rows).lines());
  }

  private static List<String> row(String name, PublishedScore score) {
    return List.of(
        name,
        Integer.toString(score.cases()),
        Integer.toString(score.missed()),
        text("%.3f", score.metrics().get(Metric.DICE.key())),
        text("%.3f", score.metrics().get(Metric.SURFACE_DICE.key())),
        text("%.1f", score.metrics().get(Metric.HD95_WITH_MISSES.key())));
  }

  private static String text(String format, PublishedMean mean) {
    if (mean == null) {
      return "-";
    }
    String value = String.format(Locale.ROOT, format, mean.mean());
    return mean.interval().isEmpty()
        ? value
        : "%s (%s to %s)"
            .formatted(
                value,
                String.format(Locale.ROOT, format, mean.interval().get(0)),
                String.format(Locale.ROOT, format, mean.interval().get(1)));
  }
}
