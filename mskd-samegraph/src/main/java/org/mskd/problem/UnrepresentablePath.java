package org.mskd.problem;

import java.nio.file.InvalidPathException;

/**
 * A path that this JVM has no form for. Nearly always the reason is its locale: the JVM takes the
 * encoding of file names from it, and in the locale C or POSIX that is ASCII.
 */
public final class UnrepresentablePath {
  /** From the JDK's text; other reasons, such as a zero character, hold in any locale. */
  private static final String UNMAPPABLE = "unmappable";

  private UnrepresentablePath() {}

  /** The problem of a path whose origin is not known, such as the project's folder. */
  public static BadInputException problem(InvalidPathException e) {
    return problem("A path", e);
  }

  /**
   * The problem of a path that the user gave. The exception is not kept as the cause: Maven would
   * add its text to the message.
   *
   * @param source the element or property
   */
  public static BadInputException problem(String source, InvalidPathException e) {
    String path = source + " is '" + e.getInput() + "'";
    return e.getReason().contains(UNMAPPABLE)
        ? new BadInputException(
            path
                + ", which cannot be a path here: file names are encoded in "
                + System.getProperty("sun.jnu.encoding")
                + ".",
            "Use a UTF-8 locale, such as LC_ALL=C.UTF-8.")
        : new BadInputException(
            path + ", which is not a path: " + e.getReason() + ".", "Change it.");
  }
}
