package org.mskd.discovery;

import java.util.Optional;
import org.mskd.problem.BadInputException;

/** Errors in data with which an experiment can still be declared. */
final class Problems {
  private Problems() {}

  /** What a check reports, for a person to correct; empty if it reports nothing. */
  static Optional<Remark> of(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (BadInputException e) {
      return Optional.of(Remark.check(e.getMessage()));
    }
  }
}
