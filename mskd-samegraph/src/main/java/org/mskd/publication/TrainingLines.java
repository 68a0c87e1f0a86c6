package org.mskd.publication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.mskd.model.ModelCard;
import org.mskd.model.Publication;
import org.mskd.model.PublishedTeacher;

/** How a model was trained, and with what versions. */
final class TrainingLines {
  private static final JsonMapper JSON = new JsonMapper();

  static final String UNKNOWN = "not recorded";

  /** What the names of the inputs of a training begin with. */
  private static final String ENVIRONMENT = "environment.";

  private static final String TEACHER = "teacher.";

  private TrainingLines() {}

  static void add(Labelled lines, ModelCard card) {
    SortedMap<String, String> provenance = card.provenance();
    lines
        .add("method", provenance.getOrDefault("method", UNKNOWN))
        .add("options", flat(provenance.getOrDefault("options", UNKNOWN)))
        .add("training", flat(provenance.getOrDefault("training", UNKNOWN)))
        .add("seed", Long.toString(card.seed()));
    addTeachers(lines, card);
    lines.add("versions", versions(card));
    if (provenance.containsKey("code")) {
      lines.add("code", "SHA-256 " + provenance.get("code"));
    }
  }

  private static void addTeachers(Labelled lines, ModelCard card) {
    List<PublishedTeacher> published =
        card.publication().map(Publication::teachers).orElse(List.of());
    List<String> teachers = new ArrayList<>();
    for (PublishedTeacher teacher : published) {
      teachers.add(
          "%s: %s\nSHA-256 of the weights %s"
                  .formatted(
                      teacher.organ(),
                      teacher.coordinates().isEmpty() ? "a file" : teacher.coordinates(),
                      teacher.weights())
              + (teacher.file().isEmpty() ? "" : "\nSHA-256 of the file    " + teacher.file()));
    }
    if (published.isEmpty()) {
      card.provenance().tailMap(TEACHER).entrySet().stream()
          .filter(input -> input.getKey().startsWith(TEACHER))
          .forEach(
              input ->
                  teachers.add(
                      "%s: result %s"
                          .formatted(
                              input.getKey().substring(TEACHER.length()), input.getValue())));
    }
    if (!teachers.isEmpty()) {
      lines.add("teachers", String.join("\n", teachers));
    }
  }

  private static String versions(ModelCard card) {
    List<String> versions = new ArrayList<>();
    card.publication()
        .ifPresent(one -> one.versions().forEach((name, text) -> versions.add(name + " " + text)));
    card.provenance()
        .forEach(
            (name, text) -> {
              if (name.startsWith(ENVIRONMENT)) {
                versions.add(name.substring(ENVIRONMENT.length()) + " " + text);
              }
            });
    String threads = card.provenance().get("threads");
    if (threads != null) {
      versions.add(threads.equals("1") ? "1 thread" : threads + " threads");
    }
    return versions.isEmpty() ? UNKNOWN : String.join(", ", versions);
  }

  /** The values of a JSON object as {@code name value}; another text as it is. */
  private static String flat(String text) {
    try {
      List<String> values = new ArrayList<>();
      JsonNode root = JSON.readTree(text);
      if (!root.isObject()) {
        return text;
      }
      flatten("", root, values);
      return values.isEmpty() ? "none" : String.join(", ", values);
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  private static void flatten(String prefix, JsonNode node, List<String> values) {
    for (Map.Entry<String, JsonNode> value : node.properties()) {
      if (value.getValue().isObject()) {
        flatten(prefix + value.getKey() + ".", value.getValue(), values);
      } else {
        values.add(
            prefix
                + value.getKey()
                + " "
                + (value.getValue().isTextual()
                    ? value.getValue().textValue()
                    : value.getValue().toString()));
      }
    }
  }
}
