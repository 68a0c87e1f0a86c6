package org.mskd.dataset;

/** Receives the progress and the warnings of a preparation. */
@FunctionalInterface
public interface PreparationListener {
  /**
   * A subject is written. An exception thrown here ends the preparation, and the set does not count
   * as prepared.
   *
   * @param set the organ, the unlabelled source, or {@link PreparedSet#TEST}
   * @param done subjects of the set that are done, from 1
   * @param of all subjects of the set
   */
  void subjectDone(String set, int done, int of);

  /**
   * Something about the set that a user should know; the preparation continues. A listener for
   * progress alone leaves it out.
   *
   * @param warning a sentence or two, which name the file
   */
  default void warn(String warning) {}
}
