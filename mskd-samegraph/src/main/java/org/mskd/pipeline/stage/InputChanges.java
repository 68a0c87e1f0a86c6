package org.mskd.pipeline.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mskd.experiment.ExperimentJson;

/**
 * The differences between the inputs of two runs of a stage, in the terms of the POM: {@code epochs
 * 1 -> 2, image patient07.nii.gz changed}. Parameters that are recorded together, as JSON, are
 * compared one by one.
 */
public final class InputChanges {
  private static final int SHOWN = 3;
  private static final int LONGEST = 60;
  private static final String ARROW = " -> ";

  private static final String ENVIRONMENT = "environment.";
  private static final String NONE = "none";

  /** Digests are not shown. */
  private static final String DIGEST = "[0-9a-f]{64}";

  private InputChanges() {}

  /** The first differences, and the number of further ones; empty if there is none. */
  public static Optional<String> between(
      SortedMap<String, String> before, SortedMap<String, String> now) {
    SortedMap<String, String> old = leaves(before);
    SortedMap<String, String> current = leaves(now);
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(current.keySet());
    List<String> changes = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(old.get(name), current.get(name))) {
        changes.add(change(name, old.get(name), current.get(name)));
      }
    }
    // Parameters first: changes of other stages' results follow from them.
    changes.sort(Comparator.comparing(change -> !change.contains(ARROW)));
    return changes.isEmpty() ? Optional.empty() : Optional.of(shown(changes));
  }

  private static String shown(List<String> changes) {
    int more = changes.size() - SHOWN;
    return String.join(", ", changes.subList(0, Math.min(SHOWN, changes.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String change(String path, String before, String now) {
    String name = InputNames.of(path);
    if (path.startsWith(ENVIRONMENT)) {
      // What is not declared is no input, so it has no value in one of the two runs.
      return difference(
          name, Objects.requireNonNullElse(before, NONE), Objects.requireNonNullElse(now, NONE));
    }
    if (before == null) {
      return name + (isShort(now) ? " " + text(now) + " is new" : " is new");
    }
    if (now == null) {
      return name + (isShort(before) ? " " + text(before) + " is gone" : " is gone");
    }
    return difference(name, before, now);
  }

  private static String difference(String name, String before, String now) {
    return isShort(before) && isShort(now)
        ? name + " " + text(before) + ARROW + text(now)
        : name + " changed";
  }

  private static boolean isShort(String value) {
    return value.length() <= LONGEST && !value.matches(".*" + DIGEST + ".*");
  }

  /** In the POM's notation: 10.0 is 10, [0,1] is 0 1. */
  private static String text(String value) {
    return value
        .replaceFirst("^(-?\\d+)\\.0$", "$1")
        .replaceAll("^\\[(.*)]$", "$1")
        .replaceAll(",\\s*", " ")
        .replace("\"", "");
  }

  /** Every single value by its path of names. */
  private static SortedMap<String, String> leaves(SortedMap<String, String> inputs) {
    SortedMap<String, String> leaves = new TreeMap<>();
    inputs.forEach(
        (name, value) -> {
          Optional<JsonNode> object = object(value);
          if (object.isPresent()) {
            collect(name, object.get(), leaves);
          } else {
            leaves.put(name, value);
          }
        });
    return leaves;
  }

  private static Optional<JsonNode> object(String value) {
    try {
      return value.startsWith("{")
          ? Optional.of(ExperimentJson.read(value, JsonNode.class))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // just text that begins like that
    }
  }

  private static void collect(String name, JsonNode node, SortedMap<String, String> leaves) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(
              field -> collect(name + "." + field.getKey(), field.getValue(), leaves));
    } else {
      leaves.put(name, node.isTextual() ? node.textValue() : node.toString());
    }
  }
}
