package org.mskd.lock;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A data set.
 *
 * @param cases by the digest of their voxels
 * @param count how many there are
 */
public record LockedSet(SortedMap<String, LockedCase> cases, int count) {
  public LockedSet {
    cases = Collections.unmodifiableSortedMap(new TreeMap<>(cases));
    if (count != cases.size()) {
      throw new IllegalArgumentException(count + " cases are announced, not " + cases.size());
    }
  }

  /** A set of these cases. */
  public static LockedSet of(SortedMap<String, LockedCase> cases) {
    return new LockedSet(cases, cases.size());
  }
}
