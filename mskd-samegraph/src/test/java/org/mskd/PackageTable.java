package org.mskd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The table of packages in {@code docs/architecture.md}: a row for each package, with the columns
 * package, holds, may use, tensors.
 *
 * @param rows in the table's order
 */
record PackageTable(List<Row> rows) {
  private static final String HEAD = "| package | holds | may use | tensors |";
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

  /**
   * A package's row.
   *
   * @param name without {@code org.mskd.}
   * @param mayUse the packages whose classes its classes may use; a sub-package is named itself
   * @param tensors whether its classes may use ND4J
   */
  record Row(String name, Set<String> mayUse, boolean tensors) {}

  /** Reads the table of the documentation. */
  static PackageTable read() throws IOException {
    Path module = Path.of(System.getProperty("basedir", ""));
    return parse(Files.readAllLines(module.resolveSibling("docs/architecture.md")));
  }

  static PackageTable parse(List<String> lines) {
    int head = lines.indexOf(HEAD);
    if (head < 0) {
      throw new AssertionError("no line '" + HEAD + "'");
    }
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(head + 2, lines.size())) {
      if (!line.startsWith("|")) {
        break;
      }
      rows.add(row(line));
    }
    return new PackageTable(rows);
  }

  private static Row row(String line) {
    String[] cells = line.substring(1).split("\\|", -1);
    Set<String> name = cells.length == 5 ? names(cells[0]) : Set.of();
    String tensors = cells.length == 5 ? cells[3].trim() : "";
    if (name.size() != 1 || !Set.of("", "yes").contains(tensors)) {
      throw new AssertionError(
          "not a row of four cells with one package and 'yes' or nothing for tensors: " + line);
    }
    return new Row(name.iterator().next(), names(cells[2]), tensors.equals("yes"));
  }

  /** Every name in backticks; anything else in the cell is a mistake. */
  private static Set<String> names(String cell) {
    String rest = NAME.matcher(cell).replaceAll("").replace(",", "").trim();
    if (!rest.isEmpty()) {
      throw new AssertionError("not a list of packages in backticks: " + cell);
    }
    return new LinkedHashSet<>(
        NAME.matcher(cell).results().map((MatchResult found) -> found.group(1)).toList());
  }
}
