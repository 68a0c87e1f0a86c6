package org.mskd.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Dice of the cases of one model by organ and by how many of its largest components are kept.
 *
 * @param dice by organ, by number ({@value #ALL} for all components), of each case that has the
 *     organ
 */
public record ComponentScores(SortedMap<String, SortedMap<Integer, List<Double>>> dice) {
  /** All components are kept. */
  public static final int ALL = 0;

  /** What is tried: all, the largest one, and the largest two, as of kidneys. */
  public static final List<Integer> COUNTS = List.of(ALL, 1, 2);

  /** A smaller difference of the means shows nothing. */
  private static final double LEAST_GAIN = 0.002;

  public ComponentScores {
    SortedMap<String, SortedMap<Integer, List<Double>>> copy = new TreeMap<>();
    dice.forEach(
        (organ, counts) -> {
          SortedMap<Integer, List<Double>> own = new TreeMap<>();
          counts.forEach((count, values) -> own.put(count, List.copyOf(values)));
          copy.put(organ, Collections.unmodifiableSortedMap(own));
        });
    dice = Collections.unmodifiableSortedMap(copy);
  }

  /** The cases of all scores together. */
  public static ComponentScores join(List<ComponentScores> scores) {
    SortedMap<String, SortedMap<Integer, List<Double>>> all = new TreeMap<>();
    for (ComponentScores one : scores) {
      one.dice.forEach(
          (organ, counts) ->
              counts.forEach(
                  (count, values) ->
                      all.computeIfAbsent(organ, any -> new TreeMap<>())
                          .computeIfAbsent(count, any -> new ArrayList<>())
                          .addAll(values)));
    }
    return new ComponentScores(all);
  }

  /**
   * The organs whose mean Dice is higher where some components alone are kept, with the number that
   * gives the highest mean.
   */
  public SortedMap<String, Choice> choices() {
    SortedMap<String, Choice> choices = new TreeMap<>();
    for (Map.Entry<String, SortedMap<Integer, List<Double>>> organ : dice.entrySet()) {
      double all = mean(organ.getValue(), ALL);
      Choice best = new Choice(ALL, LEAST_GAIN);
      for (int count : COUNTS) {
        double gain = mean(organ.getValue(), count) - all;
        if (count != ALL && gain > best.gain) {
          best = new Choice(count, gain);
        }
      }
      if (best.count != ALL) {
        choices.put(organ.getKey(), best);
      }
    }
    return choices;
  }

  private static double mean(SortedMap<Integer, List<Double>> counts, int count) {
    return Statistics.mean(
            counts.getOrDefault(count, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray())
        .orElse(Double.NaN);
  }

  /**
   * How many components to keep.
   *
   * @param count of the largest ones
   * @param gain of the mean Dice over keeping all
   */
  public record Choice(int count, double gain) {}
}
