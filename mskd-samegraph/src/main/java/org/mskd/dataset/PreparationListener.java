package org.mskd.dataset;

/** Hears how far preparing is. */
@FunctionalInterface
public interface PreparationListener {
  /**
   * A subject is on the disk. What this throws ends the preparation, with nothing trusted.
   *
   * @param set the organ, the unlabelled source, or {@link PreparedSet#TEST}
   * @param done subjects of the set that are done, from 1
   * @param of all subjects of the set
   */
  void subjectDone(String set, int done, int of);
}
