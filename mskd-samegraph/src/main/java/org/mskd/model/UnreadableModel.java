package org.mskd.model;

import org.mskd.problem.BadInputException;
import org.mskd.problem.Printable;

/** The error for a model file that is damaged or invalid. */
final class UnreadableModel {
  private static final String REMEDY =
      "Take a fresh copy of it, or delete it and run the goal that made it again.";

  /** The longest problem, characters: names and values in the file may have any length. */
  private static final int LONGEST = 500;

  private UnreadableModel() {}

  static BadInputException because(String source, String problem) {
    return new BadInputException(source + " cannot be used: " + shown(problem) + ".", REMEDY);
  }

  static BadInputException because(String source, String problem, Throwable cause) {
    return new BadInputException(
        source + " cannot be used: " + shown(problem) + ".", REMEDY, cause);
  }

  private static String shown(String problem) {
    String some = problem.length() > LONGEST ? problem.substring(0, LONGEST) + "..." : problem;
    return Printable.of(some);
  }
}
