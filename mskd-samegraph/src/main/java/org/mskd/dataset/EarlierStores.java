package org.mskd.dataset;

import java.nio.file.Path;

/** Slice stores of earlier runs, which are used where preprocessing would give the same bytes. */
public interface EarlierStores {
  /** No stores: every scan is preprocessed. */
  EarlierStores NONE =
      new EarlierStores() {
        @Override
        public boolean take(Subject subject, Path target) {
          return false;
        }

        @Override
        public void keep(Subject subject, Path store) {}
      };

  /**
   * Puts the store of a subject at {@code target}, if there is an intact one of equal inputs.
   *
   * @return whether there was one
   */
  boolean take(Subject subject, Path target);

  /**
   * Keeps a store that was just written, for the next run in case this one is interrupted.
   *
   * @param store stays where it is
   */
  void keep(Subject subject, Path store);
}
