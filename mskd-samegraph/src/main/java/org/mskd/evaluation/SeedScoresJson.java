package org.mskd.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** The part {@code replicates} of {@code metrics.json}. */
final class SeedScoresJson {
  private static final String SEEDS = "seeds";

  private SeedScoresJson() {}

  static Map<String, Object> tree(SeedScores scores) {
    SortedMap<String, Object> root = new TreeMap<>();
    root.put(SEEDS, scores.seeds());
    root.put("models", models(scores));
    return root;
  }

  static SortedMap<String, Object> models(SeedScores scores) {
    SortedMap<String, Object> models = new TreeMap<>();
    scores
        .models()
        .forEach(
            (model, organs) -> {
              SortedMap<String, Object> ofOrgans = new TreeMap<>();
              organs.forEach((organ, metrics) -> ofOrgans.put(organ, metrics(metrics)));
              models.put(model, ofOrgans);
            });
    return models;
  }

  private static Map<String, Object> metrics(SortedMap<String, SeedSpread> metrics) {
    SortedMap<String, Object> nodes = new TreeMap<>();
    metrics.forEach(
        (metric, spread) -> {
          SortedMap<String, Object> node = new TreeMap<>();
          node.put("mean", Decimals.orNull(spread.mean()));
          node.put("sd", Decimals.orNull(spread.sd()));
          node.put("values", spread.values().stream().map(Decimals::orNull).toList());
          nodes.put(metric, node);
        });
    return nodes;
  }

  /**
   * Reads what {@link #tree} gave. Mean and deviation follow from the values.
   *
   * @throws IllegalArgumentException if a part is missing or has a value of another kind
   */
  static SeedScores read(JsonNode root) {
    return read(root, SEEDS);
  }

  /**
   * As {@link #read(JsonNode)}.
   *
   * @param key of the numbers in place of seeds
   */
  static SeedScores read(JsonNode root, String key) {
    List<Long> seeds = new ArrayList<>();
    root.required(key).forEach(seed -> seeds.add(seed.longValue()));
    SortedMap<String, SortedMap<String, SortedMap<String, SeedSpread>>> models = new TreeMap<>();
    for (Map.Entry<String, JsonNode> model : root.required("models").properties()) {
      SortedMap<String, SortedMap<String, SeedSpread>> organs = new TreeMap<>();
      for (Map.Entry<String, JsonNode> organ : model.getValue().properties()) {
        SortedMap<String, SeedSpread> metrics = new TreeMap<>();
        for (Map.Entry<String, JsonNode> metric : organ.getValue().properties()) {
          metrics.put(metric.getKey(), spread(metric.getValue().required("values")));
        }
        organs.put(organ.getKey(), metrics);
      }
      models.put(model.getKey(), organs);
    }
    return new SeedScores(seeds, models);
  }

  private static SeedSpread spread(JsonNode values) {
    List<OptionalDouble> read = new ArrayList<>();
    for (JsonNode value : values) {
      if (!value.isNumber() && !value.isNull()) {
        throw new IllegalArgumentException("values are " + values + ", not numbers");
      }
      read.add(value.isNull() ? OptionalDouble.empty() : OptionalDouble.of(value.doubleValue()));
    }
    return new SeedSpread(read);
  }
}
