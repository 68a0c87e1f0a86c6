package org.mskd.dataset;

import java.nio.file.Path;

/** How the subjects of one kind of data set are prepared. */
interface SubjectStep {
  /** Reads, checks and preprocesses a subject. */
  void prepare(Subject subject, Path store);

  /** Notes a subject of which a store of equal inputs was taken. */
  void reuse(Subject subject, Path store);

  /**
   * Checks the whole set, once every subject is prepared.
   *
   * @throws org.mskd.problem.BadInputException if the set cannot be used
   */
  void check(PreparedSet set);
}
