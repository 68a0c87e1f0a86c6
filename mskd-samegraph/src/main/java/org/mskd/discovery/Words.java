package org.mskd.discovery;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Lists in sentences. */
final class Words {
  private static final int LISTED = 12;

  private Words() {}

  /** Such as {@code 1, 2, 3}; the first ones of many. */
  static String list(Collection<?> items) {
    return items.stream().limit(LISTED).map(String::valueOf).collect(Collectors.joining(", "))
        + (items.size() > LISTED ? " and others" : "");
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
