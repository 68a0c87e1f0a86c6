package org.mskd.dataset;

import java.util.Collection;

/** Names in a message: the first few, and how many others there are. */
final class NameList {
  private static final int LISTED = 5;

  private NameList() {}

  static String of(Collection<String> names) {
    String some = String.join(", ", names.stream().limit(LISTED).toList());
    int others = names.size() - LISTED;
    return others <= 0 ? some : some + " and " + others + (others == 1 ? " other" : " others");
  }
}
