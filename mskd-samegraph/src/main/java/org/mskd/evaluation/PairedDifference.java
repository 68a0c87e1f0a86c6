package org.mskd.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Dice of one model less that of another, paired by case and organ: how the models differ, without
 * how the cases differ.
 *
 * @param mean mean over the organs of the mean over the cases that have a Dice of both models
 * @param interval 95 % bootstrap interval over the cases; empty for fewer than two
 */
public record PairedDifference(double mean, Optional<Interval> interval) {
  /** {@code +0.012 [-0.010, 0.034]}. */
  String text() {
    return meanText()
        + interval
            .map(
                some ->
                    String.format(
                        Locale.ROOT, " [%.3f, %.3f]", shown(some.low()), shown(some.high())))
            .orElse("");
  }

  /** {@code +0.012}. */
  String meanText() {
    return String.format(Locale.ROOT, "%+.3f", shown(mean));
  }

  /** 0 where a small negative number would be shown as -0.000. */
  private static double shown(double value) {
    return Math.abs(value) < 0.0005 ? 0 : value;
  }

  /**
   * The difference between two models of one test set.
   *
   * @param seed the experiment's, for the interval
   * @return empty where no case has a Dice of both
   */
  public static Optional<PairedDifference> of(ModelScore model, ModelScore other, long seed) {
    Map<String, Integer> positions = new HashMap<>();
    model.cases().forEach(score -> positions.putIfAbsent(score.id(), positions.size()));
    Map<Pair, OptionalDouble> others = new HashMap<>();
    other.cases().forEach(score -> others.put(Pair.of(score), score.dice()));
    SortedMap<String, double[]> differences = new TreeMap<>();
    for (CaseScore score : model.cases()) {
      OptionalDouble dice = others.getOrDefault(Pair.of(score), OptionalDouble.empty());
      if (score.dice().isPresent() && dice.isPresent()) {
        differences
                .computeIfAbsent(score.organ(), organ -> undefined(positions.size()))[
                positions.get(score.id())] =
            score.dice().getAsDouble() - dice.getAsDouble();
      }
    }
    List<double[]> organs = new ArrayList<>(differences.values());
    Summary summary = Summary.overOrgans(organs, new Bootstrap(seed));
    return summary.mean().isEmpty()
        ? Optional.empty()
        : Optional.of(new PairedDifference(summary.mean().getAsDouble(), summary.interval()));
  }

  /** A case and an organ. */
  private record Pair(String id, String organ) {
    static Pair of(CaseScore score) {
      return new Pair(score.id(), score.organ());
    }
  }

  private static double[] undefined(int length) {
    double[] values = new double[length];
    Arrays.fill(values, Double.NaN);
    return values;
  }
}
