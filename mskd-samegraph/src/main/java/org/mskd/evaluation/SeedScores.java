package org.mskd.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The scores of replicates: the same models, trained with several seeds.
 *
 * @param seeds in the order of the replicates
 * @param models by model, organ (or {@value #MEAN}) and metric: its key, or {@value #MISSED}
 */
public record SeedScores(
    List<Long> seeds, SortedMap<String, SortedMap<String, SortedMap<String, SeedSpread>>> models) {
  /** In place of an organ: all organs together. */
  public static final String MEAN = "mean";

  /** In place of a metric: the number of missed cases. */
  public static final String MISSED = "missed";

  /**
   * @throws IllegalArgumentException if a metric has not as many values as there are seeds
   */
  public SeedScores {
    seeds = List.copyOf(seeds);
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    for (SortedMap<String, SortedMap<String, SeedSpread>> organs : models.values()) {
      for (SortedMap<String, SeedSpread> metrics : organs.values()) {
        for (SeedSpread spread : metrics.values()) {
          if (spread.values().size() != seeds.size()) {
            throw new IllegalArgumentException(
                spread.values().size() + " values of " + seeds.size() + " seeds");
          }
        }
      }
    }
  }

  /**
   * Collects the scores of replicates.
   *
   * @param replicates the models of each seed
   */
  public static SeedScores of(List<Long> seeds, List<List<ModelScore>> replicates) {
    SortedMap<String, SortedMap<String, SortedMap<String, SeedSpread>>> models = new TreeMap<>();
    for (ModelScore model : replicates.get(0)) {
      SortedMap<String, SortedMap<String, SeedSpread>> organs = new TreeMap<>();
      for (String organ : organsOf(replicates, model.name())) {
        organs.put(organ, spreads(replicates, model.name(), one -> one.organs().get(organ)));
      }
      organs.put(MEAN, spreads(replicates, model.name(), ModelScore::mean));
      models.put(model.name(), organs);
    }
    return new SeedScores(seeds, models);
  }

  /** All that any replicate scored: a fold may hold out no case of an organ. */
  private static SortedSet<String> organsOf(List<List<ModelScore>> replicates, String model) {
    SortedSet<String> organs = new TreeSet<>();
    for (List<ModelScore> models : replicates) {
      models.stream()
          .filter(one -> one.name().equals(model))
          .forEach(one -> organs.addAll(one.organs().keySet()));
    }
    return organs;
  }

  private static SortedMap<String, SeedSpread> spreads(
      List<List<ModelScore>> replicates, String model, Function<ModelScore, OrganScore> organ) {
    List<Optional<OrganScore>> scores =
        replicates.stream()
            .map(
                models ->
                    models.stream().filter(one -> one.name().equals(model)).findFirst().map(organ))
            .toList();
    SortedMap<String, SeedSpread> spreads = new TreeMap<>();
    for (Metric metric : Metric.values()) {
      spreads.put(metric.key(), spread(scores, score -> score.of(metric).mean()));
    }
    spreads.put(
        MISSED,
        spread(
            scores,
            score ->
                score.cases() == 0 ? OptionalDouble.empty() : OptionalDouble.of(score.missed())));
    return spreads;
  }

  private static SeedSpread spread(
      List<Optional<OrganScore>> scores, Function<OrganScore, OptionalDouble> value) {
    List<OptionalDouble> values = new ArrayList<>();
    scores.forEach(score -> values.add(score.map(value).orElse(OptionalDouble.empty())));
    return new SeedSpread(values);
  }

  /**
   * One score over the seeds.
   *
   * @param organ or {@value #MEAN}
   * @param metric a {@link Metric#key}, or {@value #MISSED}
   */
  public Optional<SeedSpread> of(String model, String organ, String metric) {
    return Optional.ofNullable(models.get(model))
        .map(organs -> organs.get(organ))
        .map(metrics -> metrics.get(metric));
  }
}
