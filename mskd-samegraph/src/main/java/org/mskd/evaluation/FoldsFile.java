package org.mskd.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.file.AtomicFile;
import org.mskd.file.IndentedJson;
import org.mskd.problem.BadInputException;

/**
 * {@code folds.json}: the scores of each fold of a cross-validation, and their mean and sample
 * standard deviation over the folds; keys sorted, six decimals.
 */
public final class FoldsFile {
  private static final int SCHEMA = 1;
  private static final String FOLDS = "folds";
  private static final long MAXIMUM_BYTES = 64L << 20;

  private FoldsFile() {}

  /**
   * Writes the file atomically.
   *
   * @param scores with the numbers of the folds in place of seeds
   */
  public static void write(Path file, SeedScores scores) {
    SortedMap<String, Object> root = new TreeMap<>();
    root.put("schema", SCHEMA);
    root.put(FOLDS, scores.seeds());
    root.put("models", SeedScoresJson.models(scores));
    AtomicFile.writeText(file, IndentedJson.text(root));
  }

  /**
   * Reads what {@link #write} wrote, to six decimals.
   *
   * @throws BadInputException if it cannot be read, or is not such a file
   */
  public static SeedScores read(Path file) {
    try {
      if (Files.size(file) > MAXIMUM_BYTES) {
        throw new IllegalArgumentException("it has " + Files.size(file) + " bytes");
      }
      JsonNode root = JsonMapper.builder().build().readTree(Files.readString(file));
      if (root.path("schema").asInt() != SCHEMA) {
        throw new IllegalArgumentException("its schema is " + root.path("schema"));
      }
      return SeedScoresJson.read(root, FOLDS);
    } catch (JsonProcessingException e) {
      throw unusable(file, "it is not JSON (" + e.getOriginalMessage() + ")", e);
    } catch (IOException e) {
      throw unusable(file, "it cannot be read (" + e + ")", e);
    } catch (IllegalArgumentException e) {
      throw unusable(file, e.getMessage(), e);
    }
  }

  private static BadInputException unusable(Path file, String problem, Throwable cause) {
    return new BadInputException(
        file + " cannot be used: " + problem + ".",
        "Delete it and run mskd:cross-validate again.",
        cause);
  }
}
