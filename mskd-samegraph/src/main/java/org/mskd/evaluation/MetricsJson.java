package org.mskd.evaluation;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes metrics as JSON: keys sorted, six decimals, {@code null} for what is undefined. */
final class MetricsJson {
  static final int SCHEMA = 3;

  private MetricsJson() {}

  /** The root object. */
  static SortedMap<String, Object> tree(Metrics metrics) {
    SortedMap<String, Object> root = new TreeMap<>();
    root.put("models", metrics.models().stream().map(MetricsJson::model).toList());
    metrics
        .replicates()
        .ifPresent(replicates -> root.put("replicates", SeedScoresJson.tree(replicates)));
    root.put("schema", SCHEMA);
    root.put("surfaceToleranceMm", Decimals.of(metrics.surfaceToleranceMm()));
    root.put("testSet", metrics.testSet());
    return root;
  }

  private static Map<String, Object> model(ModelScore model) {
    SortedMap<String, Object> organs = new TreeMap<>();
    model.organs().forEach((organ, score) -> organs.put(organ, organ(score)));
    SortedMap<String, Object> node = new TreeMap<>();
    node.put("cases", model.cases().stream().map(MetricsJson::score).toList());
    node.put("heads", model.cost().heads());
    node.put("mean", organ(model.mean()));
    node.put("name", model.name());
    node.put("organs", organs);
    node.put("parameters", model.cost().parameters());
    node.put("passes", model.cost().passes());
    return node;
  }

  private static Map<String, Object> score(CaseScore score) {
    SortedMap<String, Object> node = new TreeMap<>();
    node.put("assdMm", Decimals.orNull(score.assdMm()));
    node.put("diagonalMm", Decimals.of(score.diagonalMm()));
    node.put("dice", Decimals.orNull(score.dice()));
    node.put("falsePositive", score.falsePositive());
    node.put("hd95Mm", Decimals.orNull(score.hd95Mm()));
    node.put("id", score.id());
    node.put("missed", score.missed());
    node.put("organ", score.organ());
    node.put("predictedMl", Decimals.of(score.predictedMl()));
    node.put("referenceMl", Decimals.of(score.referenceMl()));
    node.put("surfaceDice", Decimals.orNull(score.surfaceDice()));
    node.put("volumeDifferenceMl", Decimals.orNull(score.volumeDifferenceMl()));
    return node;
  }

  private static Map<String, Object> organ(OrganScore score) {
    SortedMap<String, Object> node = new TreeMap<>();
    node.put("cases", score.cases());
    node.put("falsePositiveCases", score.falsePositiveCases());
    node.put("falsePositiveMl", Decimals.of(score.falsePositiveMl()));
    node.put("missed", score.missed());
    score.summaries().forEach((metric, summary) -> node.put(metric.key(), summary(summary)));
    return node;
  }

  private static Map<String, Object> summary(Summary summary) {
    SortedMap<String, Object> node = new TreeMap<>();
    node.put("high", summary.interval().map(interval -> Decimals.of(interval.high())).orElse(null));
    node.put("low", summary.interval().map(interval -> Decimals.of(interval.low())).orElse(null));
    node.put("mean", Decimals.orNull(summary.mean()));
    node.put("n", summary.n());
    node.put("sd", Decimals.orNull(summary.sd()));
    return node;
  }
}
