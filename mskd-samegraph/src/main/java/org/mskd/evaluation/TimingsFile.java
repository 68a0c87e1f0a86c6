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
 * {@code timings.json}: the speed of training and prediction; separate from the metrics, which must
 * be reproducible.
 */
public final class TimingsFile {
  /** Name of the file. It is not a result, as times differ from run to run. */
  public static final String NAME = "timings.json";

  /** Mean seconds of a training step, over the steps of the process that ended the training. */
  public static final String TRAINING = "trainingSecondsPerIteration";

  /** Mean seconds from the slices of a volume to its class map. */
  public static final String PREDICTION = "predictionSecondsPerVolume";

  private static final int SCHEMA = 2;

  private TimingsFile() {}

  /**
   * Writes the file atomically.
   *
   * @param models by name, the times that are known: {@link #TRAINING}, {@link #PREDICTION}
   * @throws BadInputException if the disk is full or the folder cannot be written
   */
  public static void write(Path file, SortedMap<String, ? extends Map<String, Double>> models) {
    Map<String, Object> content = new TreeMap<>();
    content.put("schema", SCHEMA);
    content.put("models", models);
    try {
      AtomicFile.writeText(file, new JsonMapper().writeValueAsString(content) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and text always have a JSON form", e);
    }
  }

  /** As {@link #write(Path, SortedMap)}, one time of one model. */
  public static void write(Path file, String model, String time, double seconds) {
    write(file, new TreeMap<>(Map.of(model, Map.of(time, seconds))));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @return times by model
   * @throws BadInputException if it cannot be read, or is not such a file
   */
  public static SortedMap<String, SortedMap<String, Double>> read(Path file) {
    SortedMap<String, SortedMap<String, Double>> models = new TreeMap<>();
    try {
      JsonNode root = new JsonMapper().readTree(Files.readString(file));
      for (Map.Entry<String, JsonNode> model : root.required("models").properties()) {
        SortedMap<String, Double> times = new TreeMap<>();
        model
            .getValue()
            .properties()
            .forEach(time -> times.put(time.getKey(), time.getValue().asDouble()));
        models.put(model.getKey(), times);
      }
      return models;
    } catch (JsonProcessingException e) {
      throw unusable(file, "it is not JSON (" + e.getOriginalMessage() + ")", e);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static BadInputException unusable(Path file, String why, Exception cause) {
    return new BadInputException(
        file + " cannot be used: " + why + ".", "Delete it and run the same goal again.", cause);
  }
}
