package org.mskd.finding;

import java.util.List;

/** Names of files in a finding: the first, and the others after its description. */
final class FileNames {
  private static final int LISTED = 5;

  private FileNames() {}

  /** Such as {@code 2 other files are alike: a.nii, b.nii. }; empty without others. */
  static String alike(List<String> files) {
    int others = files.size() - 1;
    if (others == 0) {
      return "";
    }
    String names = some(files.subList(1, files.size()));
    return others == 1
        ? "1 other file is alike: %s. ".formatted(names)
        : "%d other files are alike: %s. ".formatted(others, names);
  }

  /** The first few names, and how many others there are. */
  static String some(List<String> files) {
    String some = String.join(", ", files.stream().limit(LISTED).toList());
    int others = files.size() - LISTED;
    return others <= 0 ? some : some + " and " + others + (others == 1 ? " other" : " others");
  }
}
