package org.mskd.finding;

import java.util.ArrayList;
import java.util.List;

/** Findings as numbered lines of at most {@value #WIDTH} characters. */
public final class FindingsText {
  private static final int WIDTH = 100;
  private static final String INDENT = "   ";

  private FindingsText() {}

  /**
   * The findings, and a last line with their numbers.
   *
   * @param sets data sets that were checked
   * @param scans scans in them
   */
  public static List<String> lines(List<Finding> findings, int sets, int scans) {
    List<String> lines = new ArrayList<>();
    int number = 0;
    for (Finding finding : findings) {
      number++;
      String severity = finding.severity() == Finding.Severity.ERROR ? "error" : "warning";
      lines.add("");
      wrap("%d. %s: %s".formatted(number, severity, finding.text()), lines);
    }
    long errors = findings.stream().filter(f -> f.severity() == Finding.Severity.ERROR).count();
    lines.add("");
    lines.add(
        "%s, %s: %s, %s."
            .formatted(
                count(sets, "data set"),
                count(scans, "scan"),
                count(errors, "error"),
                count(findings.size() - errors, "warning")));
    return lines;
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** A word that is longer than a line, such as a path, has a line of its own. */
  private static void wrap(String text, List<String> lines) {
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(INDENT).append(word);
      } else {
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
    }
    lines.add(line.toString());
  }
}
