package org.mskd.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the objects of {@code metrics.json}. Every method throws an {@link
 * IllegalArgumentException} that names the key which is missing or has a value of another kind.
 *
 * @param node the object
 */
record MetricsNode(JsonNode node) {
  Metrics metrics() {
    List<ModelScore> models = new ArrayList<>();
    node.required("models").forEach(model -> models.add(new MetricsNode(model).model()));
    Optional<SeedScores> replicates =
        node.hasNonNull("replicates")
            ? Optional.of(SeedScoresJson.read(node.get("replicates")))
            : Optional.empty();
    return new Metrics(text("testSet"), number("surfaceToleranceMm"), models, replicates);
  }

  private ModelScore model() {
    SortedMap<String, OrganScore> organs = new TreeMap<>();
    for (Map.Entry<String, JsonNode> organ : node.required("organs").properties()) {
      organs.put(organ.getKey(), new MetricsNode(organ.getValue()).organ());
    }
    List<CaseScore> cases = new ArrayList<>();
    node.required("cases").forEach(score -> cases.add(new MetricsNode(score).score()));
    ModelCost cost = new ModelCost(count("passes"), count("heads"), longCount("parameters"));
    return new ModelScore(text("name"), cost, organs, child("mean").organ(), cases);
  }

  private CaseScore score() {
    return new CaseScore(
        text("id"),
        text("organ"),
        optional("dice"),
        optional("surfaceDice"),
        optional("hd95Mm"),
        optional("assdMm"),
        number("referenceMl"),
        number("predictedMl"),
        flag("missed"),
        flag("falsePositive"),
        number("diagonalMm"));
  }

  private OrganScore organ() {
    Map<Metric, Summary> summaries = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      summaries.put(metric, child(metric.key()).summary());
    }
    return new OrganScore(
        count("cases"),
        count("missed"),
        count("falsePositiveCases"),
        number("falsePositiveMl"),
        summaries);
  }

  private Summary summary() {
    OptionalDouble low = optional("low");
    OptionalDouble high = optional("high");
    if (low.isPresent() != high.isPresent()) {
      throw new IllegalArgumentException("an interval has one limit: " + node);
    }
    return new Summary(
        optional("mean"),
        optional("sd"),
        count("n"),
        low.isPresent()
            ? Optional.of(new Interval(low.getAsDouble(), high.getAsDouble()))
            : Optional.empty());
  }

  private MetricsNode child(String name) {
    return new MetricsNode(node.required(name));
  }

  private String text(String name) {
    JsonNode value = node.required(name);
    return require(value.isTextual(), name, value, "text").textValue();
  }

  private int count(String name) {
    JsonNode value = node.required(name);
    return require(value.isInt(), name, value, "a whole number").intValue();
  }

  private long longCount(String name) {
    JsonNode value = node.required(name);
    return require(value.isInt() || value.isLong(), name, value, "a whole number").longValue();
  }

  private boolean flag(String name) {
    JsonNode value = node.required(name);
    return require(value.isBoolean(), name, value, "true or false").booleanValue();
  }

  private double number(String name) {
    JsonNode value = node.required(name);
    return require(value.isNumber(), name, value, "a number").doubleValue();
  }

  private OptionalDouble optional(String name) {
    return node.required(name).isNull() ? OptionalDouble.empty() : OptionalDouble.of(number(name));
  }

  private static JsonNode require(boolean right, String name, JsonNode value, String kind) {
    if (!right) {
      throw new IllegalArgumentException(name + " is " + value + ", not " + kind);
    }
    return value;
  }
}
