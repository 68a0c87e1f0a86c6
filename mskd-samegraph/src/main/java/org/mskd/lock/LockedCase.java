package org.mskd.lock;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of one case.
 *
 * @param files SHA-256 of each file, by its kind and the end of its name, such as {@code
 *     image.nii.gz}
 * @param name of the case; empty unless names were asked for
 */
public record LockedCase(SortedMap<String, String> files, Optional<String> name) {
  public LockedCase {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }
}
