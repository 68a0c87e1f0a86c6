package org.mskd.problem;

import java.util.regex.Pattern;

/** Text of a file from elsewhere on a terminal or in a log. */
public final class Printable {
  /** Control characters, line separators, and formats such as a change of direction. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private Printable() {}

  /** The text with {@code ?} for each character that could change what is shown beside it. */
  public static String of(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }
}
