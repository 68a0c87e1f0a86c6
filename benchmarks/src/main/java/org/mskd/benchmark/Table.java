package org.mskd.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report as plain text. */
final class Table {
  private static final List<String> HEADER =
      List.of("work", "ours", "peer", "ratio", "must", "aim", "");

  private Table() {}

  static String of(Report report) {
    List<List<String>> lines = new ArrayList<>(List.of(HEADER));
    report.rows().forEach(row -> lines.add(cells(row)));
    StringBuilder text = new StringBuilder();
    report.environment().forEach((name, value) -> text.append("%-14s %s%n".formatted(name, value)));
    text.append(System.lineSeparator());
    int[] widths = new int[HEADER.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String form = i == 0 ? "%-" + widths[i] + "s" : "  %" + Math.max(1, widths[i]) + "s";
        padded.append(form.formatted(line.get(i)));
      }
      text.append(padded.toString().stripTrailing()).append(System.lineSeparator());
    }
    text.append(System.lineSeparator());
    report.notes().forEach(note -> text.append(note).append(System.lineSeparator()));
    return text.toString();
  }

  private static List<String> cells(Report.Row row) {
    Goal goal = row.goal();
    String verdict = "";
    if (goal != null) {
      verdict = row.ratio() <= goal.aim() ? "aim" : row.ratio() <= goal.must() ? "must" : "MISSED";
    }
    return List.of(
        row.work(),
        row.ours(),
        row.peer(),
        Double.isNaN(row.ratio()) ? "" : number(row.ratio()),
        goal == null ? "" : number(goal.must()),
        goal == null ? "" : number(goal.aim()),
        verdict);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  static String milliseconds(double value) {
    return String.format(Locale.ROOT, "%.1f ms", value);
  }

  static String mebibytes(double value) {
    return String.format(Locale.ROOT, "%.0f MiB", value);
  }
}
