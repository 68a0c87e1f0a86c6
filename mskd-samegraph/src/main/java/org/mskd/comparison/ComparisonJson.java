package org.mskd.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.evaluation.PairedDifference;
import org.mskd.file.IndentedJson;

/**
 * A comparison as JSON, schema {@value #SCHEMA}: keys sorted; {@code null} for what is undefined.
 */
public final class ComparisonJson {
  static final int SCHEMA = 1;

  private ComparisonJson() {}

  public static String text(RunComparison comparison) {
    SortedMap<String, Object> root = new TreeMap<>();
    root.put("schema", SCHEMA);
    root.put("runs", comparison.runs().stream().map(ComparedRun::name).toList());
    SortedMap<String, Object> settings = new TreeMap<>();
    comparison.settings().forEach(setting -> settings.put(setting.name(), setting.values()));
    root.put("settings", settings);
    root.put("notCompared", comparison.unmatched());
    List<Object> differences = new ArrayList<>();
    comparison
        .models()
        .forEach(
            model ->
                model
                    .organs()
                    .forEach(
                        (organ, difference) ->
                            differences.add(difference(model, organ, difference))));
    root.put("differences", differences);
    return IndentedJson.text(root);
  }

  private static Map<String, Object> difference(
      ModelDifference model, String organ, PairedDifference difference) {
    SortedMap<String, Object> node = new TreeMap<>();
    node.put("run", model.run());
    node.put("model", model.model());
    node.put("metric", model.metric().key());
    node.put("organ", organ);
    node.put("cases", difference.pairs());
    node.put("first", difference.other());
    node.put("other", difference.model());
    node.put("difference", difference.mean());
    node.put("low", difference.interval().map(interval -> (Object) interval.low()).orElse(null));
    node.put("high", difference.interval().map(interval -> (Object) interval.high()).orElse(null));
    node.put("n", difference.test().n());
    node.put(
        "p",
        difference.test().p().isPresent() ? (Object) difference.test().p().getAsDouble() : null);
    return node;
  }
}
