package org.mskd.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.mskd.file.AtomicFile;
import org.mskd.file.IndentedJson;
import org.mskd.problem.BadInputException;

/**
 * {@code metrics.json}: schema 3, keys sorted, six decimals, no times, no paths, so that equal runs
 * give equal bytes. What is undefined is {@code null}.
 */
public final class MetricsFile {
  private static final long MAXIMUM_BYTES = 256L << 20;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private MetricsFile() {}

  /**
   * Writes the file atomically.
   *
   * @throws BadInputException if the disk is full or the folder cannot be written
   */
  public static void write(Path file, Metrics metrics) {
    AtomicFile.writeText(file, IndentedJson.text(tree(metrics)));
  }

  /**
   * Reads what {@link #write} wrote, to six decimals.
   *
   * @throws BadInputException if it cannot be read, or is not such a file
   */
  public static Metrics read(Path file) {
    try {
      if (Files.size(file) > MAXIMUM_BYTES) {
        throw unusable(file, "it has " + Files.size(file) + " bytes", null);
      }
      return of(MAPPER.readTree(Files.readString(file)));
    } catch (JsonProcessingException e) {
      throw unusable(file, "it is not JSON (" + e.getOriginalMessage() + ")", e);
    } catch (IOException e) {
      throw unusable(file, "it cannot be read (" + e + ")", e);
    } catch (IllegalArgumentException e) {
      throw unusable(file, e.getMessage(), e);
    }
  }

  /** The content of the file, for other files that hold it: sorted maps, lists, text, numbers. */
  public static SortedMap<String, Object> tree(Metrics metrics) {
    return MetricsJson.tree(metrics);
  }

  /**
   * Reads the content of the file.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Metrics of(JsonNode root) {
    JsonNode schema = root.path("schema");
    if (!schema.isInt() || schema.intValue() != MetricsJson.SCHEMA) {
      throw new IllegalArgumentException(
          "its schema is " + schema + ", and this version reads " + MetricsJson.SCHEMA);
    }
    return new MetricsNode(root).metrics();
  }

  private static BadInputException unusable(Path file, String problem, Throwable cause) {
    return new BadInputException(
        file + " cannot be used: " + problem + ".",
        "Delete it and run mskd:evaluate again.",
        cause);
  }
}
