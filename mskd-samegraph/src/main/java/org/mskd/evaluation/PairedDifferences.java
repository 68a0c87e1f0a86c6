package org.mskd.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One metric of a model less that of another one, paired by case and organ.
 *
 * @param organs for each organ with a pair the difference of each case, NaN where either model has
 *     no value; all of one length, the cases sorted by name
 */
public record PairedDifferences(SortedMap<String, double[]> organs) {
  public PairedDifferences {
    organs = Collections.unmodifiableSortedMap(organs);
  }

  /** The differences between two models that were scored on the same cases, or on some of them. */
  public static PairedDifferences of(ModelScore model, ModelScore other, Metric metric) {
    Map<String, Integer> positions = new HashMap<>();
    for (String id : new TreeSet<>(model.cases().stream().map(CaseScore::id).toList())) {
      positions.put(id, positions.size());
    }
    Map<Pair, OptionalDouble> others = new HashMap<>();
    other.cases().forEach(score -> others.put(Pair.of(score), metric.of(score)));
    SortedMap<String, double[]> differences = new TreeMap<>();
    for (CaseScore score : model.cases()) {
      OptionalDouble own = metric.of(score);
      OptionalDouble against = others.getOrDefault(Pair.of(score), OptionalDouble.empty());
      if (own.isPresent() && against.isPresent()) {
        differences
                .computeIfAbsent(score.organ(), organ -> undefined(positions.size()))[
                positions.get(score.id())] =
            own.getAsDouble() - against.getAsDouble();
      }
    }
    return new PairedDifferences(differences);
  }

  /**
   * The difference of one organ.
   *
   * @param seed for the interval
   * @return empty where no case has a pair
   */
  public Optional<PairedDifference> of(String organ, long seed) {
    return Optional.ofNullable(organs.get(organ))
        .flatMap(
            values ->
                difference(Summary.overCases(values, new Bootstrap(seed)), SignedRank.of(values)));
  }

  /**
   * The mean over the organs. Its test is that of the cases' means over their organs.
   *
   * @param seed for the interval
   * @return empty where no case has a pair
   */
  public Optional<PairedDifference> mean(long seed) {
    List<double[]> all = new ArrayList<>(organs.values());
    return difference(
        Summary.overOrgans(all, new Bootstrap(seed)), SignedRank.of(meansOfCases(all)));
  }

  private static Optional<PairedDifference> difference(Summary summary, SignedRank test) {
    return summary.mean().isEmpty()
        ? Optional.empty()
        : Optional.of(new PairedDifference(summary.mean().getAsDouble(), summary.interval(), test));
  }

  private static double[] meansOfCases(Collection<double[]> organs) {
    int cases = organs.stream().mapToInt(values -> values.length).max().orElse(0);
    double[] means = undefined(cases);
    for (int i = 0; i < cases; i++) {
      int at = i;
      means[i] =
          organs.stream()
              .mapToDouble(values -> values[at])
              .filter(value -> !Double.isNaN(value))
              .average()
              .orElse(Double.NaN);
    }
    return means;
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
