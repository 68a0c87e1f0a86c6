package org.mskd.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Something that is not as the lock has it.
 *
 * @param name such as {@code training.epochs}
 * @param locked its value in the lock
 * @param now its value now
 */
public record LockDifference(String name, String locked, String now) {
  private static final String NONE = "nothing";
  private static final int DIGEST = 64;
  private static final int SHOWN = 12;

  /** Such as {@code training.epochs: 4 in the lock, 8 now}. */
  public String text() {
    return "%s: %s in the lock, %s now".formatted(name, shown(locked), shown(now));
  }

  /** The texts of several, each on a line of its own after a line end. */
  public static String lines(List<LockDifference> differences) {
    StringBuilder lines = new StringBuilder();
    differences.forEach(difference -> lines.append("\n  ").append(difference.text()));
    return lines.toString();
  }

  /** The beginning of a digest, or the whole of another value. */
  private static String shown(String value) {
    return value.length() == DIGEST && value.matches("[0-9a-f]+")
        ? value.substring(0, SHOWN) + "..."
        : value;
  }

  /**
   * Compares values by name.
   *
   * @param prefix of the names
   */
  public static List<LockDifference> between(
      String prefix, Map<String, String> locked, Map<String, String> now) {
    SortedSet<String> names = new TreeSet<>(locked.keySet());
    names.addAll(now.keySet());
    List<LockDifference> differences = new ArrayList<>();
    for (String name : names) {
      String before = locked.getOrDefault(name, NONE);
      String after = now.getOrDefault(name, NONE);
      if (!before.equals(after)) {
        differences.add(new LockDifference(prefix + name, before, after));
      }
    }
    return differences;
  }
}
