package org.mskd.pipeline.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mskd.file.AtomicFile;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;

/**
 * Whether a folder may be written: only one that is new, empty, or marked as an output directory by
 * the file {@value #MARKER}. A folder that holds anything else is somebody's, and is refused.
 */
public final class OutputDirectory {
  static final String MARKER = ".mskd";

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
    return isMarked(directory) || EarlierVersion.wrote(directory);
  }

  private static boolean isMarked(Path directory) {
    return Files.isRegularFile(directory.resolve(MARKER), LinkOption.NOFOLLOW_LINKS);
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
