package org.mskd.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mskd.problem.BadInputException;

/**
 * A {@code dataset.json}: {@code "labels"} is {@code {"1": "liver"}} in the Medical Segmentation
 * Decathlon and nnU-Net v1, {@code {"liver": 1}} in nnU-Net v2, where a region has a list of
 * values.
 *
 * @param file the file
 * @param structures the values of each name, without 0 and what nnU-Net ignores; in file order
 * @param channels the names of the image channels ({@code modality}, {@code channel_names})
 */
record DatasetJson(Path file, Map<String, SortedSet<Integer>> structures, List<String> channels) {
  private static final String NAME = "dataset.json";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * The file of a folder, if it is there.
   *
   * @throws BadInputException if it is not JSON, or its labels are in neither form
   */
  static Optional<DatasetJson> in(Path folder) {
    Path file = folder.resolve(NAME);
    return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
  }

  private static DatasetJson read(Path file) {
    try {
      JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
      JsonNode channels =
          root.has("channel_names") ? root.get("channel_names") : root.get("modality");
      List<String> names = new ArrayList<>();
      if (channels != null) {
        channels.forEach(name -> names.add(name.asText()));
      }
      return new DatasetJson(file, structures(file, root.path("labels")), List.copyOf(names));
    } catch (JsonProcessingException e) {
      throw unreadable(file, "is not JSON: " + e.getOriginalMessage() + ".");
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read: " + e.getMessage() + ".", "Check its permissions.", e);
    }
  }

  private static Map<String, SortedSet<Integer>> structures(Path file, JsonNode labels) {
    Map<String, SortedSet<Integer>> structures = new LinkedHashMap<>();
    labels
        .properties()
        .forEach(
            field -> {
              boolean valueFirst =
                  field.getKey().strip().matches("\\d{1,9}") && field.getValue().isTextual();
              String name = valueFirst ? field.getValue().asText() : field.getKey();
              SortedSet<Integer> values =
                  structures.computeIfAbsent(name.strip(), n -> new TreeSet<>());
              if (valueFirst) {
                values.add(Integer.valueOf(field.getKey().strip()));
              } else if (field.getValue().isArray()) {
                field.getValue().forEach(value -> values.add(value(file, name, value)));
              } else {
                values.add(value(file, name, field.getValue()));
              }
            });
    structures.values().forEach(values -> values.remove(0));
    structures.entrySet().removeIf(s -> s.getValue().isEmpty() || s.getKey().equals("ignore"));
    return structures;
  }

  private static int value(Path file, String name, JsonNode value) {
    if (value.canConvertToExactIntegral() && value.canConvertToInt()) {
      return value.intValue();
    }
    if (value.isTextual() && value.asText().strip().matches("\\d{1,9}")) {
      return Integer.parseInt(value.asText().strip());
    }
    throw unreadable(file, "has " + value + " as the value of label " + name + ".");
  }

  private static BadInputException unreadable(Path file, String problem) {
    return new BadInputException(
        file + " " + problem,
        "Correct the file (\"labels\": {\"background\": 0, \"liver\": 1}), or move it away: then"
            + " folder names are taken as the names of organs.");
  }
}
