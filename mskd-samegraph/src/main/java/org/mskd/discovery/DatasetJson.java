package org.mskd.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.problem.BadInputException;

/**
 * A {@code dataset.json} (Medical Segmentation Decathlon, nnU-Net).
 *
 * @param labels the names of label values
 * @param channels the names of the image channels ({@code modality}, {@code channel_names})
 */
record DatasetJson(DatasetLabels labels, List<String> channels) {
  private static final String NAME = "dataset.json";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * The file of a folder, if it is there.
   *
   * @throws BadInputException if it is not JSON, or its labels are in none of the known forms
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
      return new DatasetJson(new DatasetLabels(file, root.path("labels")), List.copyOf(names));
    } catch (JsonProcessingException e) {
      throw unreadable(file, "is not JSON: " + e.getOriginalMessage() + ".");
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read: " + e.getMessage() + ".", "Check its permissions.", e);
    }
  }

  static BadInputException unreadable(Path file, String problem) {
    return new BadInputException(
        file + " " + problem,
        "Correct the file (\"labels\": {\"background\": 0, \"liver\": 1}), or move it away: then"
            + " folder names are taken as the names of organs.");
  }
}
