package org.mskd.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of plain text whose first column holds names: columns two spaces apart, no trailing
 * spaces. Names take what the numbers leave; a name that is too long for its column has a line of
 * its own, above its numbers.
 */
public final class TextTable {
  /** The largest length of a line. */
  static final int WIDTH = 100;

  private static final String GAP = "  ";

  private final List<List<String>> rows;

  /**
   * A table.
   *
   * @param rows all of one length, the heading first
   */
  public TextTable(List<List<String>> rows) {
    this.rows = rows;
  }

  /** Whether no line needs to be wrapped. */
  boolean fits() {
    return layOut(rows).stream().allMatch(line -> line.length() <= WIDTH);
  }

  /** The lines of the table. */
  public List<String> lines() {
    return fits() ? layOut(rows) : wrapped();
  }

  private List<String> wrapped() {
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
}
