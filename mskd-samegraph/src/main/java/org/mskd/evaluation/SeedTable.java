package org.mskd.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The table of Dice over the seeds of replicates, or the folds of a cross-validation: one row per
 * model, the highest mean first; for each organ and for their mean the mean +/- sample sd over the
 * seeds or folds.
 */
public final class SeedTable {
  private SeedTable() {}

  /**
   * The lines, heading first.
   *
   * @param organs the columns, in order
   */
  public static List<String> lines(SeedScores scores, List<String> organs) {
    List<String> lines = new ArrayList<>(table(scores, organs));
    lines.add(
        "Mean +/- sd over %d seeds: %s. The tables above are of the first one."
            .formatted(scores.seeds().size(), numbers(scores)));
    return lines;
  }

  /** The lines for a cross-validation, whose folds take the place of seeds. */
  public static List<String> foldLines(SeedScores scores, List<String> organs) {
    List<String> lines = new ArrayList<>(table(scores, organs));
    lines.add(
        scores.seeds().size() == 1
            ? "Fold %s alone, scored on the subjects that it holds out.".formatted(numbers(scores))
            : "Mean +/- sd over %d folds: %s. Each is scored on the subjects that it holds out."
                .formatted(scores.seeds().size(), numbers(scores)));
    return lines;
  }

  private static String numbers(SeedScores scores) {
    return scores.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static List<String> table(SeedScores scores, List<String> organs) {
    List<String> columns = new ArrayList<>(organs);
    columns.add(SeedScores.MEAN);
    List<List<String>> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("Dice"));
    heading.addAll(columns);
    rows.add(heading);
    List<String> models =
        scores.models().keySet().stream()
            .sorted(
                Comparator.comparingDouble(
                    model ->
                        -dice(scores, model, SeedScores.MEAN)
                            .flatMap(SeedTable::mean)
                            .orElse(-1.0)))
            .toList();
    for (String model : models) {
      List<String> row = new ArrayList<>(List.of(model));
      columns.forEach(organ -> row.add(text(dice(scores, model, organ))));
      rows.add(row);
    }
    return new TextTable(rows).lines();
  }

  private static Optional<SeedSpread> dice(SeedScores scores, String model, String organ) {
    return scores.of(model, organ, Metric.DICE.key());
  }

  private static Optional<Double> mean(SeedSpread spread) {
    OptionalDouble mean = spread.mean();
    return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
  }

  private static String text(Optional<SeedSpread> spread) {
    Optional<Double> mean = spread.flatMap(SeedTable::mean);
    if (mean.isEmpty()) {
      return ScoreTable.UNDEFINED;
    }
    OptionalDouble sd = spread.get().sd();
    return String.format(Locale.ROOT, "%.3f", mean.get())
        + (sd.isPresent() ? String.format(Locale.ROOT, " +/- %.3f", sd.getAsDouble()) : "");
  }
}
