package org.mskd.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The second table at the end of a build: one row per model in the order of the first, the means
 * over the organs of what Dice does not show, and how many organs were missed or predicted where
 * there are none. The distances are those that count a miss as the volume's diagonal, so that a
 * missed organ improves no metric. Plain ASCII, at most 100 columns.
 */
public final class MeansTable {
  private MeansTable() {}

  /**
   * The lines of the table, and under it a sentence about its columns.
   *
   * @return lines without trailing spaces, heading first
   */
  public static List<String> lines(Metrics metrics) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "Means",
            "surface Dice",
            "HD95 mm",
            "ASSD mm",
            "volume diff. ml",
            "missed",
            "false positive"));
    for (ModelScore model : metrics.bestFirst()) {
      OrganScore mean = model.mean();
      rows.add(
          List.of(
              model.name(),
              rounded("%.3f", mean, Metric.SURFACE_DICE),
              rounded("%.2f", mean, Metric.HD95_WITH_MISSES),
              rounded("%.2f", mean, Metric.ASSD_WITH_MISSES),
              rounded("%.1f", mean, Metric.ABSOLUTE_VOLUME_DIFFERENCE),
              mean.missed() + " of " + mean.cases(),
              falsePositives(mean)));
    }
    List<String> lines = new ArrayList<>(new TextTable(rows).lines());
    lines.add(
        "Means over the organs: surface Dice at %s mm, distances and absolute volume differences;"
            .formatted(tolerance(metrics)));
    lines.add(
        "a missed organ counts as surface Dice 0 and with the volume's diagonal as distance.");
    return lines;
  }

  private static String tolerance(Metrics metrics) {
    return Decimals.of(metrics.surfaceToleranceMm()).stripTrailingZeros().toPlainString();
  }

  private static String falsePositives(OrganScore score) {
    return score.falsePositiveCases() == 0
        ? "0"
        : String.format(
            Locale.ROOT, "%d (%.1f ml)", score.falsePositiveCases(), score.falsePositiveMl());
  }

  private static String rounded(String format, OrganScore score, Metric metric) {
    OptionalDouble mean = score.of(metric).mean();
    return mean.isPresent()
        ? String.format(Locale.ROOT, format, mean.getAsDouble())
        : ScoreTable.UNDEFINED;
  }
}
