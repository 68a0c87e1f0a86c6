package org.mskd.prediction;

import java.util.List;
import java.util.stream.IntStream;
import org.mskd.dataset.SliceSource;

/**
 * The slices of a scan that a scorer reads. Several scorers may predict a scan together, each from
 * slices of its own preprocessing and each for classes of its own.
 *
 * @param scorer of class 0, background, and of its organs
 * @param slices of the scan
 * @param classes of the scorer's classes 1.., in its order
 */
public record ScoredSlices(SliceScorer scorer, SliceSource slices, List<Integer> classes) {
  /**
   * @throws IllegalArgumentException if there is not one class for each of the scorer's
   */
  public ScoredSlices {
    classes = List.copyOf(classes);
    if (classes.size() != scorer.classes() - 1) {
      throw new IllegalArgumentException(
          "classes %s for a scorer of %d".formatted(classes, scorer.classes()));
    }
  }

  /** Of a scorer of all classes. */
  static ScoredSlices of(SliceScorer scorer, SliceSource slices) {
    return new ScoredSlices(scorer, slices, IntStream.range(1, scorer.classes()).boxed().toList());
  }
}
