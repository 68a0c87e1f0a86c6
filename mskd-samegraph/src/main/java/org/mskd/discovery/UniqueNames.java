package org.mskd.discovery;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of data sets that differ from each other and from those of organs, in any case. */
final class UniqueNames {
  /** So that a number fits behind it within the 64 characters of a name. */
  private static final int LONGEST = 50;

  private final Set<String> taken = new HashSet<>();

  UniqueNames(Collection<String> organs) {
    organs.forEach(organ -> taken.add(organ.toLowerCase(Locale.ROOT)));
  }

  /**
   * A name for a folder.
   *
   * @param folder the folder's name
   * @param kind added where an organ or another set has that name
   */
  String of(String folder, String kind) {
    String name = OrganName.ofFolder(folder).orElse(kind);
    String base = name.substring(0, Math.min(name.length(), LONGEST));
    String unique = base;
    for (int i = 1; !taken.add(unique); i++) {
      unique = base + "-" + kind + (i == 1 ? "" : "-" + i);
    }
    return unique;
  }
}
