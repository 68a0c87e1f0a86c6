package org.mskd.report.page;

import java.util.OptionalDouble;

/**
 * A cell of a table.
 *
 * @param text what is shown
 * @param numeric whether rows are sorted by a number, and not by the text
 * @param key the number; empty where it is undefined
 */
record Cell(String text, boolean numeric, String key) {
  static Cell of(String text, double key) {
    return new Cell(text, true, Double.toString(key));
  }

  /** A number with decimals, or a dash. */
  static Cell of(OptionalDouble value, int decimals) {
    return of(Numbers.fixed(value, decimals), value);
  }

  static Cell of(String text, OptionalDouble key) {
    return new Cell(text, true, key.isPresent() ? Double.toString(key.getAsDouble()) : "");
  }

  static Cell undefined() {
    return new Cell(Numbers.UNDEFINED, true, "");
  }

  static Cell text(String text) {
    return new Cell(text, false, "");
  }
}
