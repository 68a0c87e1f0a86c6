package org.mskd.comparison;

import java.util.List;
import java.util.stream.Collectors;
import org.mskd.evaluation.Metric;

/** A comparison as Markdown, for a comment on a pull request. */
public final class ComparisonMarkdown {
  private ComparisonMarkdown() {}

  /** The text, which ends in a line end. */
  public static String text(RunComparison comparison) {
    ComparisonRows rows = new ComparisonRows(comparison);
    StringBuilder text = new StringBuilder("## Comparison of runs\n\n");
    String first = comparison.runs().get(0).name();
    if (comparison.settings().isEmpty()) {
      text.append("No parameter, data set, environment or code is known to differ.\n");
    } else {
      table(text, rows.settings());
    }
    for (ComparedRun run : comparison.runs().subList(1, comparison.runs().size())) {
      text.append("\n### `").append(run.name()).append("` (other) against `");
      text.append(first).append("` (first)\n");
      for (Metric metric : RunComparison.METRICS) {
        List<List<String>> differences = rows.differences(run.name(), metric);
        if (differences.size() > 1) {
          text.append("\n**").append(ComparisonRows.title(metric)).append("**\n\n");
          table(text, differences);
        }
      }
    }
    if (!comparison.unmatched().isEmpty()) {
      text.append("\nNot compared: ")
          .append(String.join(", ", comparison.unmatched()))
          .append(".\n");
    }
    return text.append('\n')
        .append(String.join(" ", ComparisonRows.LEGEND))
        .append('\n')
        .toString();
  }

  private static void table(StringBuilder text, List<List<String>> rows) {
    row(text, rows.get(0));
    row(text, rows.get(0).stream().map(cell -> "---").toList());
    rows.subList(1, rows.size()).forEach(row -> row(text, row));
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append(
        cells.stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
