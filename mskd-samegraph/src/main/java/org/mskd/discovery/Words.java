package org.mskd.discovery;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Lists and paths in sentences. */
final class Words {
  private static final int LISTED = 12;

  private Words() {}

  /** Such as {@code 1, 2, 3}; the first ones of many. */
  static String list(Collection<?> items) {
    return items.stream().limit(LISTED).map(String::valueOf).collect(Collectors.joining(", "))
        + (items.size() > LISTED ? " and others" : "");
  }

  /** A folder as it is named below the folder of all data; in full if it is not below it. */
  static String below(Path root, Path folder) {
    return folder.equals(root) || !folder.startsWith(root)
        ? folder.toString()
        : root.relativize(folder).toString();
  }

  /** Such as {@code 1 liver, 2 cancer}. */
  static String named(List<Structures.Named> structures) {
    return list(
        structures.stream()
            .map(
                one ->
                    one.values().stream().map(String::valueOf).collect(Collectors.joining(" "))
                        + " "
                        + one.name())
            .toList());
  }
}
