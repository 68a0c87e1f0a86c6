package org.mskd.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The table of Dice at the end of a build: one row per model, the highest mean first; one column
 * per organ, Dice as mean +/- sample sd over the cases; the mean over the organs; forward passes
 * per slice; and the paired difference to MS-KD where it was evaluated. Plain ASCII; up to six
 * organs fit 100 columns, if need be by writing deviations shorter or leaving them out. A model
 * whose name is too long for its column has it on a line of its own, above its numbers.
 */
public final class ScoreTable {
  static final String UNDEFINED = "-";

  /** The model that the others are compared with. */
  private static final String REFERENCE = "mskd";

  private final List<ModelScore> models;
  private final Optional<ModelScore> reference;
  private final List<String> organs;
  private final long seed;

  private ScoreTable(Metrics metrics, List<String> organs, long seed) {
    this.models = metrics.bestFirst();
    this.reference =
        models.size() < 2
            ? Optional.empty()
            : models.stream().filter(model -> model.name().equals(REFERENCE)).findFirst();
    this.organs = organs;
    this.seed = seed;
  }

  /**
   * The lines of the table, and under it a sentence about the difference, if it has one.
   *
   * @param organs the columns, in order; an organ a model was not scored on shows {@code -}
   * @param seed the experiment's, for the intervals of the differences
   * @return lines without trailing spaces, heading first
   */
  public static List<String> lines(Metrics metrics, List<String> organs, long seed) {
    ScoreTable table = new ScoreTable(metrics, organs, seed);
    List<String> lines = new ArrayList<>(table.text().lines());
    if (table.reference.isPresent()) {
      lines.add(
          "Difference to %s: paired by case, mean over the organs, 95 %% bootstrap interval."
              .formatted(REFERENCE));
    }
    return lines;
  }

  /** The first layout that fits, or the narrowest. */
  private TextTable text() {
    List<Supplier<TextTable>> layouts =
        List.of(
            () -> table(ScoreTable::spaced, PairedDifference::text),
            () -> table(ScoreTable::tight, PairedDifference::text),
            () -> table(summary -> rounded(summary.mean()), PairedDifference::text));
    return layouts.stream()
        .map(Supplier::get)
        .filter(TextTable::fits)
        .findFirst()
        .orElseGet(() -> table(summary -> rounded(summary.mean()), PairedDifference::meanText));
  }

  private TextTable table(
      Function<Summary, String> dice, Function<PairedDifference, String> difference) {
    List<List<String>> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("Dice"));
    heading.addAll(organs);
    heading.addAll(List.of("mean", "passes"));
    reference.ifPresent(to -> heading.add("to " + to.name()));
    rows.add(heading);
    for (ModelScore model : models) {
      List<String> row = new ArrayList<>(List.of(model.name()));
      for (String organ : organs) {
        OrganScore score = model.organs().get(organ);
        row.add(score == null ? UNDEFINED : dice.apply(score.of(Metric.DICE)));
      }
      row.add(rounded(model.meanDice()));
      row.add(model.cost().text());
      reference.ifPresent(to -> row.add(difference(model, to, difference)));
      rows.add(row);
    }
    return new TextTable(rows);
  }

  private String difference(
      ModelScore model, ModelScore to, Function<PairedDifference, String> text) {
    return model == to ? "" : PairedDifference.of(model, to, seed).map(text).orElse(UNDEFINED);
  }

  /** {@code 0.918 +/- 0.012}. */
  private static String spaced(Summary summary) {
    return rounded(summary.mean())
        + (summary.sd().isPresent() ? " +/- " + rounded(summary.sd()) : "");
  }

  /** {@code 0.918+/-.012}. */
  private static String tight(Summary summary) {
    String sd = rounded(summary.sd());
    return rounded(summary.mean())
        + (summary.sd().isPresent() ? "+/-" + (sd.startsWith("0") ? sd.substring(1) : sd) : "");
  }

  private static String rounded(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : UNDEFINED;
  }
}
