package org.mskd.model;

import org.mskd.problem.BadInputException;

/** The error for a model file that is damaged or invalid. */
final class UnreadableModel {
  private static final String REMEDY =
      "Take a fresh copy of it, or delete it and run the goal that made it again.";

  private UnreadableModel() {}

  static BadInputException because(String source, String problem) {
    return new BadInputException(source + " cannot be used: " + problem + ".", REMEDY);
  }

  static BadInputException because(String source, String problem, Throwable cause) {
    return new BadInputException(source + " cannot be used: " + problem + ".", REMEDY, cause);
  }
}
