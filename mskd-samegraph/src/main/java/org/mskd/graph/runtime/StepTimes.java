package org.mskd.graph.runtime;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Nanoseconds spent in each kind of operation; measured on request. */
final class StepTimes {
  private final Map<String, Long> nanoseconds = new TreeMap<>();
  private boolean measuring;

  /** Starts from zero, or stops. */
  void measure(boolean on) {
    measuring = on;
    nanoseconds.clear();
  }

  long start() {
    return measuring ? System.nanoTime() : 0;
  }

  void add(String operation, long start) {
    if (measuring) {
      nanoseconds.merge(operation, System.nanoTime() - start, Long::sum);
    }
  }

  Map<String, Long> nanoseconds() {
    return Collections.unmodifiableMap(nanoseconds);
  }
}
