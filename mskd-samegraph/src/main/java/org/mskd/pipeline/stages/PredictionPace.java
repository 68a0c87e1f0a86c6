package org.mskd.pipeline.stages;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.mskd.code.ResultNeutral;
import org.mskd.pipeline.event.DurationText;

/**
 * How far a prediction of several scans is, and how long the rest takes at the speed so far. A scan
 * that turns out to be up to date takes no time, so the rest may be done earlier.
 */
@ResultNeutral
final class PredictionPace {
  private final List<Integer> planes;
  private long done;
  private double seconds;

  /**
   * @param planes of each scan, in the order in which they are predicted
   */
  PredictionPace(List<Integer> planes) {
    this.planes = List.copyOf(planes);
  }

  /**
   * Adds a predicted scan.
   *
   * @param index of the scan, from 0
   * @return such as {@code 2 of 5 scans, 1 min 40 s left}; empty after the last scan
   */
  synchronized String predicted(int index, double took) {
    done += planes.get(index);
    seconds += took;
    int left = planes.subList(index + 1, planes.size()).stream().mapToInt(n -> n).sum();
    return left == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%d of %d scans, %s left",
            index + 1,
            planes.size(),
            DurationText.of(Duration.ofMillis(Math.round(1e3 * seconds / done * left))));
  }
}
