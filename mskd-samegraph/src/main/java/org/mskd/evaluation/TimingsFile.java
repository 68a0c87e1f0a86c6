package org.mskd.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * {@code timings.json}: the duration of predictions; separate from the metrics, which must be
 * reproducible.
 */
public final class TimingsFile {
  /** Name of the file. It is not a result, as times differ from run to run. */
  public static final String NAME = "timings.json";

  private static final int SCHEMA = 1;

  private TimingsFile() {}

  /**
   * Writes the file atomically.
   *
   * @param secondsPerCase mean seconds from slices to a class map, by model
   * @throws org.mskd.problem.BadInputException if the disk is full or the folder cannot be written
   */
  public static void write(Path file, SortedMap<String, Double> secondsPerCase) {
    Map<String, Object> content = new TreeMap<>();
    content.put("schema", SCHEMA);
    content.put("secondsPerCase", secondsPerCase);
    try {
      AtomicFile.writeText(file, new JsonMapper().writeValueAsString(content) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and text always have a JSON form", e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @return mean seconds from slices to a class map, by model
   * @throws BadInputException if it cannot be read, or is not such a file
   */
  public static SortedMap<String, Double> read(Path file) {
    SortedMap<String, Double> seconds = new TreeMap<>();
    try {
      JsonNode root = new JsonMapper().readTree(Files.readString(file));
      root.required("secondsPerCase")
          .properties()
          .forEach(model -> seconds.put(model.getKey(), model.getValue().asDouble()));
      return seconds;
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          file + " cannot be used: " + e.getMessage() + ".",
          "Delete it and run the same goal again.",
          e);
    }
  }
}
