package org.mskd.lock;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A finished stage.
 *
 * @param code digest of the code that its result comes from
 * @param inputs its other inputs, by name; without the data and the environment, which the lock
 *     holds once
 * @param outputs its result, by path from the output directory; a case's name is replaced by its
 *     digest
 */
public record LockedStage(
    String code, SortedMap<String, String> inputs, SortedMap<String, LockedOutput> outputs) {
  public LockedStage {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
  }
}
