package org.mskd.problem;

import java.util.Collection;

/** Names in a message: the first few, and how many others there are. */
public final class NameList {
  private static final int LISTED = 5;

  private NameList() {}

  /** Such as {@code a, b, c, d, e and 2 others}. */
  public static String of(Collection<String> names) {
    String some = String.join(", ", names.stream().limit(LISTED).toList());
    int others = names.size() - LISTED;
    return others <= 0 ? some : some + " and " + others + (others == 1 ? " other" : " others");
  }
}
