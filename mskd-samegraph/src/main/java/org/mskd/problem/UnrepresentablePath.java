package org.mskd.problem;

import java.nio.file.InvalidPathException;

/**
 * A path that this JVM has no form for. Nearly always its locale, such as C or POSIX, has no
 * encoding for a character of it: the JVM takes the encoding of file names from the locale.
 */
public final class UnrepresentablePath {
  private UnrepresentablePath() {}

  /** What is said of a path that a file system or Maven gave. */
  public static BadInputException problem(InvalidPathException e) {
    return problem("A path", e);
  }

  /**
   * What is said of a path that a person gave.
   *
   * @param source the element or property
   */
  public static BadInputException problem(String source, InvalidPathException e) {
    String path = source + " is '" + e.getInput() + "'";
    // The reason of a path with a character that is forbidden in any locale.
    if (e.getReason().startsWith("Nul") || e.getInput().indexOf('\0') >= 0) {
      return new BadInputException(path + ", which is not a path.", "Change it.", e);
    }
    return new BadInputException(
        path
            + ", which cannot be a path here: file names are in the encoding "
            + System.getProperty("sun.jnu.encoding")
            + ".",
        "Run Maven in a UTF-8 locale, such as LC_ALL=C.UTF-8.",
        e);
  }
}
