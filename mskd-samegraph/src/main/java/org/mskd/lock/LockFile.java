package org.mskd.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.evaluation.MetricsFile;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.file.IndentedJson;
import org.mskd.problem.BadInputException;

/**
 * A lock as JSON, schema {@value #SCHEMA}: keys sorted, lines that end in LF, no time stamps, host
 * names or paths outside the output directory, so that equal experiments give equal bytes.
 */
public final class LockFile {
  static final int SCHEMA = 1;

  private static final long MAXIMUM_BYTES = 256L << 20;
  private static final String METRICS = "metrics";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private LockFile() {}

  /** The text of the file. */
  public static String text(ExperimentLock lock) {
    SortedMap<String, Object> root = new TreeMap<>();
    root.put("data", tree(lock.data()));
    root.put("environment", tree(lock.environment()));
    root.put(METRICS, lock.metrics().map(MetricsFile::tree).orElse(null));
    root.put("parameters", tree(lock.parameters()));
    root.put("schema", SCHEMA);
    root.put("stages", tree(lock.stages()));
    return IndentedJson.text(root);
  }

  /**
   * Writes the file atomically.
   *
   * @throws BadInputException if the disk is full or the folder cannot be written
   */
  public static void write(Path file, ExperimentLock lock) {
    AtomicFile.writeText(file, text(lock));
  }

  /** Whether a file looks like a lock: JSON with stages. */
  public static boolean isLock(JsonNode root) {
    return root.has("stages") && root.has("parameters");
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws BadInputException if it cannot be read, or is not such a file
   */
  public static ExperimentLock read(Path file) {
    try {
      return of(json(file));
    } catch (IllegalArgumentException e) {
      throw unusable(file, e.getMessage(), e);
    }
  }

  /**
   * Reads a file as JSON.
   *
   * @throws BadInputException if it cannot be read, is too large, or is not JSON
   */
  public static JsonNode json(Path file) {
    try {
      if (Files.size(file) > MAXIMUM_BYTES) {
        throw unusable(file, "it has " + Files.size(file) + " bytes", null);
      }
      return MAPPER.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw unusable(file, "it is not JSON (" + e.getOriginalMessage() + ")", e);
    } catch (IOException e) {
      throw unusable(file, "it cannot be read (" + e + ")", e);
    }
  }

  /**
   * Reads the content of the file.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static ExperimentLock of(JsonNode root) {
    JsonNode schema = root.path("schema");
    if (!isLock(root) || !schema.isInt() || schema.intValue() != SCHEMA) {
      throw new IllegalArgumentException(
          "it is no lock of schema " + SCHEMA + " (its schema is " + schema + ")");
    }
    ObjectNode rest = root.deepCopy();
    rest.remove("schema");
    JsonNode metrics = rest.remove(METRICS);
    rest.putNull(METRICS);
    ExperimentLock lock = ExperimentJson.read(rest.toString(), ExperimentLock.class);
    return metrics == null || metrics.isNull()
        ? lock
        : new ExperimentLock(
            lock.data(),
            lock.environment(),
            java.util.Optional.of(MetricsFile.of(metrics)),
            lock.parameters(),
            lock.stages());
  }

  private static JsonNode tree(Object value) {
    try {
      return MAPPER.readTree(ExperimentJson.write(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("it has just been written", e);
    }
  }

  private static BadInputException unusable(Path file, String problem, Throwable cause) {
    return new BadInputException(
        file + " cannot be used: " + problem + ".",
        "Name the lock.json of an output directory, or a copy of it by mskd:lock.",
        cause);
  }
}
