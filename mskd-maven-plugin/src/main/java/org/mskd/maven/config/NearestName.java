package org.mskd.maven.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the allowed name that is closest to a misspelt one. */
final class NearestName {
  private NearestName() {}

  /** The allowed name with the fewest edits, if at most a third of the letters differ. */
  static Optional<String> of(String given, Collection<String> allowed) {
    return allowed.stream()
        .min(Comparator.comparingInt(name -> edits(given, name)))
        .filter(name -> edits(given, name) <= Math.max(2, given.length() / 3));
  }

  /** Levenshtein distance, upper and lower case alike. */
  static int edits(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
