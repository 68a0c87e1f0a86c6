package org.mskd.export.card;

import java.util.Locale;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.OrganScore;
import org.mskd.evaluation.Summary;

/** The scores of a network as a table: one row per organ, means with their 95 % intervals. */
final class ScoresMarkdown {
  private static final String UNDEFINED = "-";

  private final ExportedModel model;
  private final CardScores scores;

  ScoresMarkdown(ExportedModel model, CardScores scores) {
    this.model = model;
    this.scores = scores;
  }

  String text() {
    ModelScore found = scores.metrics().models().get(0);
    String tolerance = CardNumber.of(scores.metrics().surfaceToleranceMm());
    MarkdownTable table =
        new MarkdownTable(
            "organ",
            "cases",
            "Dice",
            "surface Dice, " + tolerance + " mm",
            "HD95, mm",
            "missed",
            "false positive");
    for (String organ : model.card().organs()) {
      OrganScore score = found.organs().get(organ);
      if (score == null) {
        table.row(organ, "0", UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED);
      } else {
        row(table, organ, score, score.cases());
      }
    }
    if (model.card().organs().size() > 1) {
      row(table, "mean over the organs", found.mean(), found.mean().of(Metric.DICE).n());
    }
    return (scores.merged() ? MERGED : "") + LEGEND + "\n" + table.text();
  }

  private static final String MERGED =
      "These are the scores of all teachers merged, of which this network is one.\n";

  private static final String LEGEND =
      """
      Mean over the cases whose reference has the organ, with a 95 % bootstrap interval over the
      cases. A missed organ, of which nothing was predicted, counts as Dice 0 and with the volume's
      diagonal as HD95. A false positive is a case without the organ in which it was predicted.
      """;

  private static void row(MarkdownTable table, String organ, OrganScore score, int expected) {
    table.row(
        organ,
        Integer.toString(score.cases()),
        summary("%.3f", score.of(Metric.DICE), expected),
        summary("%.3f", score.of(Metric.SURFACE_DICE), expected),
        summary("%.1f", score.of(Metric.HD95_WITH_MISSES), expected),
        Integer.toString(score.missed()),
        Integer.toString(score.falsePositiveCases()));
  }

  /** Such as {@code 0.918 (0.902 to 0.931)}; the number of values where some are undefined. */
  private static String summary(String format, Summary summary, int expected) {
    if (summary.mean().isEmpty()) {
      return UNDEFINED;
    }
    String interval =
        summary
            .interval()
            .map(of -> " (" + number(format, of.low()) + " to " + number(format, of.high()) + ")")
            .orElse("");
    String n = summary.n() == expected ? "" : ", n = " + summary.n();
    return number(format, summary.mean().getAsDouble()) + interval + n;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
