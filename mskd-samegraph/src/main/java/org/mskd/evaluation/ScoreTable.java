package org.mskd.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The table of Dice at the end of a build: one row per model, one column per organ, Dice as mean
 * +/- sample sd over the cases, then the mean over the organs. Plain ASCII; up to six organs fit
 * 100 columns, if need be by writing the deviations shorter or leaving them out. A model whose name
 * is too long for its column has it on a line of its own, above its numbers.
 */
public final class ScoreTable {
  static final String UNDEFINED = "-";

  private ScoreTable() {}

  /**
   * The lines of the table.
   *
   * @param organs the columns, in order; an organ a model was not scored on shows {@code -}
   * @return lines without trailing spaces, heading first
   */
  public static List<String> lines(Metrics metrics, List<String> organs) {
    TextTable table = new TextTable(rows(metrics, organs, ScoreTable::spaced));
    if (!table.fits()) {
      table = new TextTable(rows(metrics, organs, ScoreTable::tight));
    }
    if (!table.fits()) {
      table = new TextTable(rows(metrics, organs, summary -> rounded(summary.mean())));
    }
    return table.lines();
  }

  private static List<List<String>> rows(
      Metrics metrics, List<String> organs, Function<Summary, String> style) {
    List<List<String>> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>();
    heading.add("Dice");
    heading.addAll(organs);
    heading.add("mean");
    rows.add(heading);
    for (ModelScore model : metrics.models()) {
      List<String> row = new ArrayList<>();
      row.add(model.name());
      for (String organ : organs) {
        OrganScore score = model.organs().get(organ);
        row.add(score == null ? UNDEFINED : style.apply(score.of(Metric.DICE)));
      }
      row.add(rounded(model.meanDice()));
      rows.add(row);
    }
    return rows;
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
