package org.mskd.pipeline.event;

import java.time.Duration;

/** The wording of a duration in messages. */
public final class DurationText {
  private DurationText() {}

  /** {@code 4 s}, {@code 3 min 20 s}, {@code 1 h 5 min}; at least a second. */
  public static String of(Duration time) {
    long seconds = Math.max(1, Math.round(time.toMillis() / 1e3));
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
