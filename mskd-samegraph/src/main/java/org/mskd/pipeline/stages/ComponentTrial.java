package org.mskd.pipeline.stages;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.evaluation.ComponentScores;
import org.mskd.evaluation.DiceScore;
import org.mskd.experiment.KeptComponents;
import org.mskd.prediction.ComponentFilter;
import org.mskd.volume.ClassMap;

/**
 * Dice of each organ where all components of its predictions are kept, or the largest ones alone:
 * nnU-Net chooses its post-processing so, on the held-out subjects of its cross-validation.
 */
final class ComponentTrial {
  private final List<String> organs;
  private final SortedMap<String, SortedMap<Integer, List<Double>>> dice = new TreeMap<>();

  /**
   * @param organs the organs of classes 1..K
   */
  ComponentTrial(List<String> organs) {
    this.organs = List.copyOf(organs);
  }

  /**
   * Adds a case.
   *
   * @param predicted classes 0..K with all components; not changed
   * @param reference classes on the same grid
   * @param annotated the organs that the reference annotates
   */
  void add(ClassMap predicted, ClassMap reference, List<String> annotated) {
    for (int count : ComponentScores.COUNTS) {
      ClassMap kept = filtered(predicted, annotated, count);
      for (String organ : annotated) {
        OptionalDouble score = dice(kept, reference, organs.indexOf(organ) + 1);
        if (score.isPresent()) {
          dice.computeIfAbsent(organ, one -> new TreeMap<>())
              .computeIfAbsent(count, one -> new ArrayList<>())
              .add(score.getAsDouble());
        }
      }
    }
  }

  private ClassMap filtered(ClassMap predicted, List<String> annotated, int count) {
    if (count == ComponentScores.ALL) {
      return predicted;
    }
    ClassMap copy = new ClassMap(predicted.grid(), predicted.classes().clone());
    List<KeptComponents> kept =
        annotated.stream().map(organ -> new KeptComponents(organ, count)).toList();
    new ComponentFilter(kept, organs).apply(copy);
    return copy;
  }

  private static OptionalDouble dice(ClassMap predicted, ClassMap reference, int c) {
    byte[] found = predicted.classes();
    byte[] expected = reference.classes();
    long both = 0;
    long inReference = 0;
    long inPrediction = 0;
    for (int i = 0; i < found.length; i++) {
      boolean is = Byte.toUnsignedInt(expected[i]) == c;
      boolean says = Byte.toUnsignedInt(found[i]) == c;
      both += is && says ? 1 : 0;
      inReference += is ? 1 : 0;
      inPrediction += says ? 1 : 0;
    }
    return DiceScore.of(both, inReference, inPrediction);
  }

  /** The scores so far. */
  ComponentScores scores() {
    return new ComponentScores(dice);
  }
}
