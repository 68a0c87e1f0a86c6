package org.mskd.pipeline.claim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mskd.file.AtomicFile;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;

/**
 * Whether a folder may be written: only one that is new, empty, or marked as an output directory by
 * the file {@value #MARKER}. A folder that holds anything else belongs to the user, and is refused.
 */
public final class OutputDirectory {
  static final String MARKER = ".mskd";

  /** Names of files that only mskd writes. */
  private static final Pattern OURS =
      Pattern.compile(
          "\\.lock|\\.(work|runs)/.*"
              + "|checkpoints/.+/[0-9a-f]{32}/(\\d{7,10}\\.ckpt|inputs\\.json|history\\.jsonl)");

  private static final String MARK =
      "{\"about\":\"Output directory of mskd. Files recorded in stages/ are replaced and"
          + " deleted.\",\"schema\":1}\n";

  /** Files that operating systems leave in folders that look empty. */
  private static final Set<String> SYSTEM_FILES =
      Set.of(".DS_Store", "Thumbs.db", "desktop.ini", ".directory", "lost+found");

  private OutputDirectory() {}

  /**
   * Checks a folder and changes nothing.
   *
   * @throws BadInputException if it is not a folder, cannot be read, or holds files that mskd did
   *     not write
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
                        .formatted(directory, directory.relativize(other)),
                    "Name a new or empty folder (<outputDirectory=...>). Nothing was"
                        + " changed.");
              });
    }
  }

  /**
   * Checks a folder, creates it if it is missing, and writes the marker.
   *
   * @throws BadInputException as {@link #check}, or if it cannot be created or written
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

  /**
   * Whether this is an output directory already: marked, or written by a version without markers.
   */
  public static boolean isOurs(Path directory) {
    return isMarked(directory) || EarlierVersion.wrote(directory);
  }

  private static boolean isMarked(Path directory) {
    return Files.isRegularFile(directory.resolve(MARKER), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * The first file that neither the system nor mskd wrote. Empty folders do not count. A run whose
   * directory was removed may have written a last file before it noticed.
   */
  private static Optional<Path> firstOther(Path directory) {
    try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(file -> !Files.isDirectory(file))
          .filter(file -> !isSystemFile(directory, file) && !AtomicFile.isTemporary(file))
          .filter(file -> !OURS.matcher(relative(directory, file)).matches())
          .findFirst()
          .filter(other -> !isOurs(directory)); // another build may have marked it meanwhile
    } catch (IOException e) {
      return markedMeanwhile(directory, e);
    } catch (UncheckedIOException e) {
      return markedMeanwhile(directory, e.getCause());
    }
  }

  /** The marker is the first file that another build writes, and its temporary file disappears. */
  private static Optional<Path> markedMeanwhile(Path directory, IOException e) {
    if (isOurs(directory)) {
      return Optional.empty();
    }
    throw unreadable(directory, e);
  }

  private static String relative(Path directory, Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }

  /** Whether the operating system made a file, or a folder that it lies in. */
  private static boolean isSystemFile(Path directory, Path file) {
    return SYSTEM_FILES.contains(directory.relativize(file).getName(0).toString())
        || SYSTEM_FILES.contains(file.getFileName().toString());
  }

  private static BadInputException unreadable(Path directory, IOException e) {
    return new BadInputException(
        "<outputDirectory> " + directory + " cannot be read: " + WriteFailure.reason(e) + ".",
        "Check its permissions, or choose another <outputDirectory>.",
        e);
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
