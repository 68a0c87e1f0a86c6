package org.mskd.pipeline.stage;

import java.util.Optional;
import java.util.SortedMap;

/**
 * Whether a stage is up to date, and if not, why.
 *
 * @param inputs of the stage now
 * @param last the stamp of its last finished run; {@code null} if there is none
 * @param why what changed since that run, such as {@code threads 2 -> 1}; empty if the stage is up
 *     to date or never ran
 */
public record StageState(SortedMap<String, String> inputs, StageStamp last, Optional<String> why) {
  /** Whether the stage is up to date. */
  public boolean isUpToDate() {
    return last != null && why.isEmpty();
  }
}
