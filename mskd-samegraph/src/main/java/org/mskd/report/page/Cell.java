package org.mskd.report.page;

/**
 * A cell of a table.
 *
 * @param text what is shown
 * @param key what rows are sorted by, a number
 */
record Cell(String text, String key) {
  static Cell of(String text, double key) {
    return new Cell(text, Double.toString(key));
  }
}
