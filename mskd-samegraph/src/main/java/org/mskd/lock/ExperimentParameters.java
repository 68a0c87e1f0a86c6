package org.mskd.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.Sha256;

/**
 * The effective configuration of an experiment as texts by dotted name, such as {@code
 * training.epochs} or {@code methods.mskd.options.featureWeight}. Paths are left out, and so are
 * rules and the folds of a cross-validation, which no result of a lock depends on.
 */
public final class ExperimentParameters {
  private static final Set<String> WITHOUT_RESULT =
      Set.of("rules", "validation.folds", "validation.onlyFolds");

  /** Components that name patients: their digests take their place. */
  private static final Set<String> NAMING_CASES = Set.of("validation.subjects");

  /** Which component names an element of a list. */
  private static final List<String> NAMES = List.of("name", "organ");

  private ExperimentParameters() {}

  public static SortedMap<String, String> of(Experiment experiment) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (Map.Entry<String, JsonNode> component :
        ExperimentJson.withoutPaths(experiment).properties()) {
      put(parameters, component.getKey(), component.getValue());
    }
    NAMING_CASES.forEach(name -> parameters.computeIfPresent(name, (key, text) -> Sha256.of(text)));
    return parameters;
  }

  private static void put(SortedMap<String, String> parameters, String name, JsonNode value) {
    if (WITHOUT_RESULT.contains(name)) {
      return;
    }
    if (value.isObject()) {
      value
          .properties()
          .forEach(part -> put(parameters, name + "." + part.getKey(), part.getValue()));
    } else if (value.isArray() && isListOfObjects(value)) {
      for (int i = 0; i < value.size(); i++) {
        put(
            parameters,
            name + "." + nameOf(value.get(i)).orElse(Integer.toString(i + 1)),
            value.get(i));
      }
    } else if (value.isArray()) {
      StreamSupport.stream(value.spliterator(), false)
          .filter(element -> !element.isNull())
          .map(JsonNode::asText)
          .reduce((all, next) -> all + ", " + next)
          .ifPresent(all -> parameters.put(name, all));
    } else if (!value.isNull()) {
      parameters.put(name, value.asText());
    }
  }

  private static boolean isListOfObjects(JsonNode array) {
    return !array.isEmpty() && array.get(0).isObject();
  }

  private static Optional<String> nameOf(JsonNode element) {
    return NAMES.stream()
        .map(element::path)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .findFirst();
  }
}
