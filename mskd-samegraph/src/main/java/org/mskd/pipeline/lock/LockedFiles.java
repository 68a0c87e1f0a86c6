package org.mskd.pipeline.lock;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.lock.LockedCase;
import org.mskd.lock.LockedSet;
import org.mskd.pipeline.stage.FileDigests;

/** The images and labels among the inputs of a stage. */
final class LockedFiles {
  private final CaseKeys cases;
  private final boolean names;
  private final SortedMap<String, SortedMap<String, String>> files = new TreeMap<>();
  private final SortedMap<String, String> byKey = new TreeMap<>();

  /**
   * @param names whether the names of the cases are part of the lock
   */
  LockedFiles(CaseKeys cases, boolean names) {
    this.cases = cases;
    this.names = names;
  }

  /** Whether an input is an image or a label. */
  static boolean isFile(String input) {
    return input.startsWith(FileDigests.IMAGE) || input.startsWith(FileDigests.LABEL);
  }

  /** Adds an input, if it is an image or a label. */
  void addIfFile(String input, String sha256) {
    if (isFile(input)) {
      add(input, sha256);
    }
  }

  /** Adds an image or a label. */
  void add(String input, String sha256) {
    String kind = input.startsWith(FileDigests.IMAGE) ? FileDigests.IMAGE : FileDigests.LABEL;
    String fileName = input.substring(kind.length());
    Optional<String> id = cases.caseOf(fileName);
    // A file that belongs to no case is known by its own digest.
    String key = id.map(cases.keys()::get).orElse(sha256);
    String ending = fileName.substring(id.map(String::length).orElse(ending(fileName)));
    files.computeIfAbsent(key, one -> new TreeMap<>()).put(kind.strip() + ending, sha256);
    byKey.put(key, id.orElse(fileName));
  }

  private static int ending(String fileName) {
    int dot = fileName.indexOf('.', 1);
    return dot < 0 ? fileName.length() : dot;
  }

  LockedSet set() {
    SortedMap<String, LockedCase> all = new TreeMap<>();
    files.forEach(
        (key, own) ->
            all.put(
                key, new LockedCase(own, names ? Optional.of(byKey.get(key)) : Optional.empty())));
    return LockedSet.of(all);
  }
}
