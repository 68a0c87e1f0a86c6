package org.mskd.benchmark;

import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.benchmark.measure.Results;

/**
 * A peer's variants of one work.
 *
 * @param best the one with the shortest median step
 * @param bestName its name
 * @param medians of all variants, milliseconds; for one stopped after two steps, of those
 */
record PeerRun(Results best, String bestName, SortedMap<String, Double> medians) {
  static final String MEDIAN = "step.medianMs";

  PeerRun {
    medians = new TreeMap<>((java.util.Map<String, Double>) medians);
  }

  double median() {
    return best.number(MEDIAN);
  }
}
