package org.mskd.comparison;

import java.util.ArrayList;
import java.util.List;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.TextTable;

/** A comparison as lines of plain text. */
public final class ComparisonText {
  private ComparisonText() {}

  /** The lines: runs, settings that differ, and the differences of Dice. */
  public static List<String> lines(RunComparison comparison) {
    ComparisonRows rows = new ComparisonRows(comparison);
    String first = comparison.runs().get(0).name();
    List<String> lines = new ArrayList<>();
    if (comparison.settings().isEmpty()) {
      lines.add("No parameter, data set, environment or code is known to differ.");
    } else {
      lines.addAll(new TextTable(rows.settings()).lines());
    }
    for (ComparedRun run : comparison.runs().subList(1, comparison.runs().size())) {
      lines.add("");
      lines.add(
          ComparisonRows.title(Metric.DICE)
              + ": "
              + first
              + " (first), "
              + run.name()
              + " (other)");
      lines.addAll(new TextTable(rows.differences(run.name(), Metric.DICE)).lines());
    }
    comparison.unmatched().forEach(lines::add);
    lines.add("");
    lines.addAll(ComparisonRows.LEGEND);
    return lines;
  }
}
