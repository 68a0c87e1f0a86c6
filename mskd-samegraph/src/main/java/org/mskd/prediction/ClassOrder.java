package org.mskd.prediction;

import java.util.List;

/** Which part scores each class of a prediction, and as which of its own. Immutable. */
final class ClassOrder {
  private final int[] parts;
  private final int[] classes;

  /**
   * @throws IllegalArgumentException if a class has no part, or more than one
   */
  ClassOrder(List<ScoredSlices> all) {
    int organs = all.stream().mapToInt(part -> part.classes().size()).sum();
    parts = new int[organs + 1];
    classes = new int[organs + 1];
    for (int part = 0; part < all.size(); part++) {
      List<Integer> own = all.get(part).classes();
      for (int i = 0; i < own.size(); i++) {
        int c = own.get(i);
        if (c < 1 || c > organs || classes[c] != 0) {
          throw new IllegalArgumentException("class %d of %d organs".formatted(c, organs));
        }
        parts[c] = part;
        classes[c] = i + 1;
      }
    }
  }

  /** Background included, which is that of the first part. */
  int classes() {
    return classes.length;
  }

  int part(int c) {
    return parts[c];
  }

  int classOfPart(int c) {
    return classes[c];
  }
}
