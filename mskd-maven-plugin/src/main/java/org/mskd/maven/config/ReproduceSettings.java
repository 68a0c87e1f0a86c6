package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The parameters of the goal {@code reproduce}.
 *
 * @param lock the file of the lock
 * @param tolerance the largest difference of a mean Dice in another environment, 0 to 1
 */
public record ReproduceSettings(Path lock, double tolerance) {
  private static final double DEFAULT_TOLERANCE = 0.05;

  /**
   * The parameters as Maven passes them.
   *
   * @param lock {@code -Dmskd.lock}; null if it is not given
   * @param tolerance {@code -Dmskd.tolerance}; null if it is not given
   * @param usual the lock where none is given, in the folder that paths are relative to
   * @throws org.mskd.problem.BadInputException if a value is not allowed
   */
  public static ReproduceSettings of(String lock, String tolerance, Path usual) {
    Path file =
        Optional.ofNullable(lock)
            .filter(text -> !text.isBlank())
            .map(text -> Value.ofUser("lock", text.strip()).asPath(usual.getParent()))
            .orElse(usual);
    double difference = DEFAULT_TOLERANCE;
    if (tolerance != null) {
      Value value = Value.ofUser("tolerance", tolerance.strip());
      difference = value.asDouble();
      if (!(difference >= 0 && difference <= 1)) {
        throw value.notAllowed("a number from 0 to 1");
      }
    }
    return new ReproduceSettings(file, difference);
  }
}
