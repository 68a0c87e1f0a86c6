package org.mskd.discovery;

/**
 * A sentence or two about a data set, for its reader.
 *
 * @param text the sentences
 * @param toCheck whether it is an assumption or a contradiction that a person should check
 */
public record Remark(String text, boolean toCheck) {
  static Remark note(String text) {
    return new Remark(text, false);
  }

  static Remark check(String text) {
    return new Remark(text, true);
  }
}
