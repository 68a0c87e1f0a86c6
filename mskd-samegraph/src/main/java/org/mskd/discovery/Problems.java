package org.mskd.discovery;

import java.util.Optional;
import org.mskd.problem.BadInputException;

/** Faults of data that do not hinder the description of an experiment. */
final class Problems {
  private Problems() {}

  /** What a check reports, for a person to correct; empty if all is well. */
  static Optional<Remark> of(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (BadInputException e) {
      return Optional.of(Remark.check(e.getMessage()));
    }
  }
}
