package org.mskd.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The table at the end of a build: one row per model, one column per organ, Dice as mean +/- sample
 * sd over the cases, then the mean over the organs. Plain ASCII; up to six organs fit 100 columns,
 * if need be by writing the deviations shorter or leaving them out. A model whose name is too long
 * for its column has it on a line of its own, above its numbers.
 */
public final class ScoreTable {
  private static final int WIDTH = 100;
  private static final String UNDEFINED = "-";
  private static final String GAP = "  ";

  private ScoreTable() {}

  /**
   * @param organs the columns, in order; an organ a model was not scored on shows {@code -}
   * @return lines without trailing spaces, heading first
   */
  public static List<String> lines(Metrics metrics, List<String> organs) {
    List<Function<Summary, String>> styles =
        List.of(ScoreTable::spaced, ScoreTable::tight, summary -> rounded(summary.mean()));
    List<String> lines = List.of();
    for (Function<Summary, String> style : styles) {
      lines = layOut(rows(metrics, organs, style));
      if (lines.stream().allMatch(line -> line.length() <= WIDTH)) {
        break;
      }
    }
    return lines.stream().allMatch(line -> line.length() <= WIDTH)
        ? lines
        : wrapped(rows(metrics, organs, styles.get(styles.size() - 1)));
  }

  /** Names take what the numbers leave, and a line of their own where that is not enough. */
  private static List<String> wrapped(List<List<String>> rows) {
    List<String> numbers = layOut(rows.stream().map(row -> row.subList(1, row.size())).toList());
    int taken = numbers.stream().mapToInt(String::length).max().orElse(0);
    int left = WIDTH - GAP.length() - taken;
    List<String> names = rows.stream().map(row -> row.get(0)).toList();
    int width =
        names.stream().mapToInt(String::length).filter(length -> length <= left).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < names.size(); row++) {
      String name = names.get(row);
      if (name.length() > width) {
        lines.add(name);
        name = "";
      }
      lines.add(name + " ".repeat(width - name.length()) + GAP + numbers.get(row));
    }
    return lines;
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
        row.add(score == null ? UNDEFINED : style.apply(score.dice()));
      }
      row.add(rounded(model.meanDice()));
      rows.add(row);
    }
    return rows;
  }

  private static List<String> layOut(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
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
