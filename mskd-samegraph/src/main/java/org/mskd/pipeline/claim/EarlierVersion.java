package org.mskd.pipeline.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mskd.experiment.ExperimentJson;

/** Recognises output directories of earlier versions, which did not write a marker file. */
final class EarlierVersion {
  /** The keys of a stage's record. */
  private static final List<String> STAMP = List.of("inputs", "outputs", "warnings");

  /** The keys of the first event of a run. */
  private static final List<String> EVENT = List.of("event", "run");

  /** Larger than the record of any stage. */
  private static final long LARGEST = 1 << 24;

  private EarlierVersion() {}

  /**
   * Whether a directory holds stage records of such a version or, if no stage was ever done, its
   * events.
   */
  static boolean wrote(Path directory) {
    return hasStamp(directory.resolve("stages")) || hasEvents(directory);
  }

  private static boolean hasStamp(Path stages) {
    if (!Files.isDirectory(stages, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> below = Files.walk(stages)) {
      return below
          .filter(file -> file.toString().endsWith(".json"))
          .anyMatch(file -> holds(file, STAMP));
    } catch (IOException | UncheckedIOException e) {
      return false; // its contents are unknown: not recognised
    }
  }

  private static boolean hasEvents(Path directory) {
    if (!Files.isRegularFile(directory.resolve(".lock"), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(directory.resolve("events.jsonl"))) {
      return lines
          .findFirst()
          .filter(line -> line.contains("\"workerStarted\"") && isObjectWith(line, EVENT))
          .isPresent();
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static boolean holds(Path file, List<String> keys) {
    try {
      return Files.size(file) < LARGEST && isObjectWith(Files.readString(file), keys);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isObjectWith(String json, List<String> keys) {
    try {
      JsonNode node = ExperimentJson.read(json, JsonNode.class);
      return node != null && node.isObject() && keys.stream().allMatch(node::has);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
