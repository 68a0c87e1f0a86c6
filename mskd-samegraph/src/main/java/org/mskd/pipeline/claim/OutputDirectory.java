package org.mskd.pipeline.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;

/**
 * Whether a folder may be written: only one that is new, empty, or marked as an output directory by
 * the file {@value #MARKER}. A folder that holds anything else is somebody's, and is refused.
 */
public final class OutputDirectory {
  static final String MARKER = ".mskd";

  /** The keys of what versions without marks left: a stage's record, and their first event. */
  private static final List<String> STAMP = List.of("inputs", "outputs", "warnings");

  private static final List<String> EVENT = List.of("event", "run");

  private static final String MARK =
      "{\"about\":\"Output directory of mskd. Files recorded in stages/ are replaced and"
          + " deleted.\",\"schema\":1}\n";

  /** What operating systems leave in folders that are empty to a person. */
  private static final Set<String> SYSTEM_FILES =
      Set.of(".DS_Store", "Thumbs.db", "desktop.ini", ".directory", "lost+found");

  private OutputDirectory() {}

  /** Whether the file is one that operating systems leave in any folder. */
  public static boolean isSystemFile(Path file) {
    return SYSTEM_FILES.contains(String.valueOf(file.getFileName()));
  }

  /**
   * Checks a folder and changes nothing.
   *
   * @throws BadInputException if it is not a folder, cannot be read, or holds files of others
   */
  public static void check(Path directory) {
    if (!Files.exists(directory)) {
      requireFolderAbove(directory);
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new BadInputException(
          "<outputDirectory> " + directory + " is not a folder.", "Name a new or empty folder.");
    }
    if (!isOurs(directory)) {
      firstOther(directory)
          .ifPresent(
              other -> {
                throw new BadInputException(
                    "<outputDirectory> %s holds %s, and is not marked as an output directory of mskd."
                        .formatted(directory, other.getFileName()),
                    "Name a new or empty folder (-Dmskd.outputDirectory=...). Nothing was"
                        + " changed.");
              });
    }
  }

  /**
   * Checks a folder, makes it where needed and marks it.
   *
   * @throws BadInputException as {@link #check}, or if it cannot be made or written
   */
  public static void take(Path directory) {
    check(directory);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new BadInputException(
          "<outputDirectory> " + directory + " cannot be made: " + WriteFailure.reason(e) + ".",
          WriteFailure.remedy(e),
          e);
    }
    if (!isMarked(directory)) {
      AtomicFile.writeText(directory.resolve(MARKER), MARK);
    }
  }

  /** Whether this is an output directory already: marked, or left by a version without marks. */
  public static boolean isOurs(Path directory) {
    return isMarked(directory) || isOfEarlierVersion(directory);
  }

  private static boolean isMarked(Path directory) {
    return Files.isRegularFile(directory.resolve(MARKER), LinkOption.NOFOLLOW_LINKS);
  }

  /** Those left records of their stages; one in which no stage was ever done, its events. */
  private static boolean isOfEarlierVersion(Path directory) {
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
    } catch (IOException e) {
      return false; // who cannot read it cannot say whose it is
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
      return isObjectWith(Files.readString(file), keys);
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

  private static Optional<Path> firstOther(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> !isSystemFile(file) && !AtomicFile.isTemporary(file))
          .sorted()
          .findFirst();
    } catch (IOException e) {
      throw new BadInputException(
          "<outputDirectory> " + directory + " cannot be read: " + WriteFailure.reason(e) + ".",
          "Check its permissions, or choose another <outputDirectory>.",
          e);
    }
  }

  private static void requireFolderAbove(Path directory) {
    for (Path above = directory.toAbsolutePath().getParent();
        above != null;
        above = above.getParent()) {
      if (Files.exists(above)) {
        if (!Files.isDirectory(above)) {
          throw new BadInputException(
              "<outputDirectory> " + directory + " cannot be made: " + above + " is a file.",
              "Choose another <outputDirectory>.");
        }
        return;
      }
    }
  }
}
