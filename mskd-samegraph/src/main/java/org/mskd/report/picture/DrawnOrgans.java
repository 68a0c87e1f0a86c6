package org.mskd.report.picture;

import java.util.List;

/**
 * The classes of a case.
 *
 * @param names of classes 1..K
 * @param annotated whether the references of the test set annotate each of them; what is predicted
 *     of another one is no error
 */
public record DrawnOrgans(List<String> names, List<Boolean> annotated) {
  /**
   * @throws IllegalArgumentException if the lists have different lengths
   */
  public DrawnOrgans {
    names = List.copyOf(names);
    annotated = List.copyOf(annotated);
    if (names.size() != annotated.size()) {
      throw new IllegalArgumentException(names.size() + " and " + annotated.size());
    }
  }

  int count() {
    return names.size();
  }

  String name(int organ) {
    return names.get(organ - 1);
  }

  /** Whether a class is one of an organ that is annotated, or background. */
  boolean isComparable(int organ) {
    return organ == 0 || (organ <= count() && annotated.get(organ - 1));
  }
}
