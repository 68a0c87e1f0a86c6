package org.mskd.lock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares the files of data sets with those of a lock. Cases are matched by the digests of their
 * files, so that neither names nor voxels are needed.
 */
public final class DataDifferences {
  private DataDifferences() {}

  /**
   * Compares data sets.
   *
   * @param now the data sets that are there, whatever their cases are called
   */
  public static List<LockDifference> between(
      Map<String, LockedSet> locked, Map<String, LockedSet> now) {
    SortedSet<String> sets = new TreeSet<>(locked.keySet());
    sets.addAll(now.keySet());
    List<LockDifference> differences = new ArrayList<>();
    for (String set : sets) {
      String name = "data." + set;
      if (!now.containsKey(set) || !locked.containsKey(set)) {
        differences.add(new LockDifference(name, count(locked.get(set)), count(now.get(set))));
      } else {
        addCases(differences, name, locked.get(set), now.get(set));
      }
    }
    return differences;
  }

  private static String count(LockedSet set) {
    return set == null ? "no such set" : set.count() + " cases";
  }

  private static void addCases(
      List<LockDifference> differences, String name, LockedSet locked, LockedSet now) {
    List<SortedMap<String, String>> left = new ArrayList<>();
    now.cases().values().forEach(one -> left.add(one.files()));
    List<Map.Entry<String, LockedCase>> changed =
        locked.cases().entrySet().stream()
            .filter(one -> !left.remove(one.getValue().files()))
            .toList();
    if (locked.count() != now.count()) {
      differences.add(new LockDifference(name, count(locked), count(now)));
    }
    for (Map.Entry<String, LockedCase> one : changed) {
      SortedMap<String, String> files = one.getValue().files();
      Optional<SortedMap<String, String>> similar =
          left.stream()
              .filter(other -> !Collections.disjoint(other.entrySet(), files.entrySet()))
              .findFirst();
      similar.ifPresent(left::remove);
      String title = name + ", case " + title(one);
      differences.addAll(
          similar
              .map(other -> LockDifference.between(title + ", ", files, other))
              .orElseGet(
                  () -> List.of(new LockDifference(title, files.keySet().toString(), "no file"))));
    }
  }

  private static String title(Map.Entry<String, LockedCase> one) {
    String key = one.getKey();
    return one.getValue().name().orElse(key.length() > 12 ? key.substring(0, 12) + "..." : key);
  }
}
