package org.mskd.finding;

import java.util.List;
import org.mskd.problem.NameList;

/** Names of other files that a finding is about, after its description. */
final class FileNames {
  private FileNames() {}

  /** Such as {@code 2 other files are alike: a.nii, b.nii. }; empty without others. */
  static String alike(List<String> files) {
    int others = files.size() - 1;
    if (others == 0) {
      return "";
    }
    String names = NameList.of(files.subList(1, files.size()));
    return others == 1
        ? "1 other file is alike: %s. ".formatted(names)
        : "%d other files are alike: %s. ".formatted(others, names);
  }
}
