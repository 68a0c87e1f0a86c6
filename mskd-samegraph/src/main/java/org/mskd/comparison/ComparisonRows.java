package org.mskd.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mskd.evaluation.Interval;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.PairedDifference;

/** The tables of a comparison as cells. */
final class ComparisonRows {
  private final RunComparison comparison;

  ComparisonRows(RunComparison comparison) {
    this.comparison = comparison;
  }

  /** The settings that differ, one column per run; the heading first. */
  List<List<String>> settings() {
    List<List<String>> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("Setting"));
    comparison.runs().forEach(run -> heading.add(run.name()));
    rows.add(heading);
    for (SettingDifference setting : comparison.settings()) {
      List<String> row = new ArrayList<>(List.of(setting.name()));
      row.addAll(setting.values());
      rows.add(row);
    }
    return rows;
  }

  /** The differences of one run to the first one in one metric; the heading first. */
  List<List<String>> differences(String run, Metric metric) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("Model", "organ", "cases", "first", "other", "difference", "95 % interval", "p"));
    for (ModelDifference model : comparison.models()) {
      if (model.run().equals(run) && model.metric() == metric) {
        boolean oneOrgan = model.organs().size() == 2; // and its mean
        model
            .organs()
            .forEach(
                (organ, difference) -> {
                  if (!oneOrgan || !organ.equals(ModelDifference.MEAN)) {
                    rows.add(row(model.model(), organ, metric, difference));
                  }
                });
      }
    }
    return rows;
  }

  private static List<String> row(
      String model, String organ, Metric metric, PairedDifference difference) {
    return List.of(
        model,
        organ,
        Integer.toString(difference.pairs()),
        number("%.", difference.other(), metric),
        number("%.", difference.model(), metric),
        number("%+.", difference.mean(), metric),
        difference
            .interval()
            .map(interval -> text(interval, metric))
            .orElse(SettingDifference.NONE),
        p(difference));
  }

  private static String text(Interval interval, Metric metric) {
    return "["
        + number("%+.", interval.low(), metric)
        + ", "
        + number("%+.", interval.high(), metric)
        + "]";
  }

  /** Fractions have three decimals, distances in mm two. No zero has a minus. */
  private static String number(String sign, double value, Metric metric) {
    int decimals = metric == Metric.HD95_WITH_MISSES ? 2 : 3;
    boolean zero = Math.abs(value) < 0.5 * Math.pow(10, -decimals);
    return String.format(Locale.ROOT, sign + decimals + "f", zero ? 0 : value);
  }

  /** Such as {@code 0.031 (n 6)}, n being the pairs that differ. */
  private static String p(PairedDifference difference) {
    int n = difference.test().n();
    if (difference.test().p().isEmpty()) {
      return "- (n " + n + ")";
    }
    double p = difference.test().p().getAsDouble();
    return (p < 0.0001 ? "<0.0001" : String.format(Locale.ROOT, p < 0.01 ? "%.4f" : "%.3f", p))
        + " (n "
        + n
        + ")";
  }

  /** A metric as headings have it. */
  static String title(Metric metric) {
    return switch (metric) {
      case DICE -> "Dice";
      case SURFACE_DICE -> "Surface Dice";
      case HD95_WITH_MISSES -> "HD95 in mm, a miss counted as the volume's diagonal";
      default -> metric.key();
    };
  }

  /** What the columns are, one sentence each. */
  static final List<String> LEGEND =
      List.of(
          "Difference: the other run less the first one, paired by case; interval: bootstrap over"
              + " the cases.",
          "p: exact two-sided Wilcoxon signed-rank test of the n pairs that differ; none for fewer"
              + " than six.");
}
