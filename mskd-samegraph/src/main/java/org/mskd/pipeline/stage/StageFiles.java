package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/** Files of stages, by their path relative to a folder, with {@code /} on every system. */
final class StageFiles {
  private StageFiles() {}

  /** All regular files below a folder, sorted; links are not followed. */
  static List<Path> below(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** Whether a file or a link exists, even a broken link. */
  static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Moves a file, replacing its target. To another file system it is copied completely first. */
  static void move(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try {
      AtomicFile.move(from, to);
    } catch (AtomicMoveNotSupportedException e) {
      AtomicFile.write(to, out -> Files.copy(from, out));
      Files.delete(from);
    }
  }

  /** Deletes a file that is not a link, and the folders above it as {@link #deleteEmptyAbove}. */
  static void delete(Path root, Path file) throws IOException {
    if (!Files.isSymbolicLink(file)) {
      Files.deleteIfExists(file);
      deleteEmptyAbove(root, file);
    }
  }

  /**
   * Deletes the empty folders above a file. The uppermost two stay, as another stage may be
   * creating a folder in them: {@link #deleteEmptyBelow} removes them when no stage runs.
   */
  static void deleteEmptyAbove(Path root, Path file) throws IOException {
    for (Path folder = file.getParent();
        folder.startsWith(root) && root.relativize(folder).getNameCount() > 2;
        folder = folder.getParent()) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }

  /** Deletes the folders, from the given one downwards, that hold no file. */
  static void deleteEmptyBelow(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> folders;
    try (Stream<Path> files = Files.walk(folder)) {
      folders =
          files
              .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    for (Path empty : folders) {
      try {
        Files.deleteIfExists(empty);
      } catch (DirectoryNotEmptyException e) {
        // It holds files.
      }
    }
  }

  /** Deletes a folder that mskd created, with its content; links in it are not followed. */
  static void deleteAll(Path folder) throws IOException {
    if (!exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Checks that a folder is not reached through a link: files behind a link may belong to the user.
   *
   * @throws BadInputException naming the link
   */
  static void requireNoLink(Path root, Path folder) {
    for (Path part = folder;
        part != null && part.startsWith(root) && !part.equals(root);
        part = part.getParent()) {
      if (Files.isSymbolicLink(part)) {
        throw new BadInputException(
            part + " is a link, and files behind it would be replaced.",
            "Remove the link; to keep results elsewhere, set <outputDirectory>.");
      }
    }
  }
}
