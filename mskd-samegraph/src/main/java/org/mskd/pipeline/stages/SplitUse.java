package org.mskd.pipeline.stages;

import java.util.Locale;

/** What a split of the training subjects is for. */
public enum SplitUse {
  /** All networks are trained without the subjects of {@code <validation>}. */
  VALIDATION,
  /** The networks of each fold of a cross-validation are trained without the fold's subjects. */
  FOLDS;

  /** The name of its folder. */
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
