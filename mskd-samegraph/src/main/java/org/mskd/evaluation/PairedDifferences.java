package org.mskd.evaluation;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** One metric of a model less that of another one, paired by case and organ. */
public final class PairedDifferences {
  /** By organ; all of one length, the cases sorted by name. */
  private final SortedMap<String, PairedValues> pairs;

  private PairedDifferences(SortedMap<String, PairedValues> pairs) {
    this.pairs = pairs;
  }

  /** The differences between two models that were scored on the same cases, or on some of them. */
  public static PairedDifferences of(ModelScore model, ModelScore other, Metric metric) {
    Map<String, Integer> positions = new HashMap<>();
    for (String id : new TreeSet<>(model.cases().stream().map(CaseScore::id).toList())) {
      positions.put(id, positions.size());
    }
    Map<Key, OptionalDouble> others = new HashMap<>();
    other.cases().forEach(score -> others.put(Key.of(score), metric.of(score)));
    SortedMap<String, PairedValues> pairs = new TreeMap<>();
    for (CaseScore score : model.cases()) {
      OptionalDouble own = metric.of(score);
      OptionalDouble against = others.getOrDefault(Key.of(score), OptionalDouble.empty());
      if (own.isPresent() && against.isPresent()) {
        pairs
            .computeIfAbsent(score.organ(), organ -> PairedValues.none(positions.size()))
            .set(positions.get(score.id()), own.getAsDouble(), against.getAsDouble());
      }
    }
    return new PairedDifferences(pairs);
  }

  /** The organs that have a pair. */
  public SortedSet<String> organs() {
    return new TreeSet<>(pairs.keySet());
  }

  /**
   * The difference of one organ.
   *
   * @param seed for the interval
   * @return empty where no case has a pair
   */
  public Optional<PairedDifference> of(String organ, long seed) {
    return pairs.containsKey(organ)
        ? difference(List.of(pairs.get(organ)), seed)
        : Optional.empty();
  }

  /**
   * The mean over the organs. Its test is that of the cases' means over their organs.
   *
   * @param seed for the interval
   * @return empty where no case has a pair
   */
  public Optional<PairedDifference> mean(long seed) {
    return difference(pairs.values(), seed);
  }

  private static Optional<PairedDifference> difference(Collection<PairedValues> organs, long seed) {
    if (organs.isEmpty()) {
      return Optional.empty();
    }
    List<double[]> differences = organs.stream().map(PairedValues::differences).toList();
    Summary summary = Summary.overOrgans(differences, new Bootstrap(seed));
    double[] cases = meansOfCases(differences);
    return Optional.of(
        new PairedDifference(
            mean(organs, PairedValues::model),
            mean(organs, PairedValues::other),
            summary.mean().orElseThrow(),
            (int) defined(cases).count(),
            summary.interval(),
            SignedRank.of(cases)));
  }

  private static double mean(
      Collection<PairedValues> organs, Function<PairedValues, double[]> values) {
    return organs.stream()
        .mapToDouble(pairs -> defined(values.apply(pairs)).average().orElseThrow())
        .average()
        .orElseThrow();
  }

  private static DoubleStream defined(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value));
  }

  private static double[] meansOfCases(List<double[]> organs) {
    double[] means = new double[organs.get(0).length];
    for (int i = 0; i < means.length; i++) {
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
  private record Key(String id, String organ) {
    static Key of(CaseScore score) {
      return new Key(score.id(), score.organ());
    }
  }
}
