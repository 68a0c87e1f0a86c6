package org.mskd.dataset;

/** Receives the progress of a preparation. */
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
}
