package org.mskd.pipeline.claim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mskd.file.AtomicFile;

/** Removes what killed runs left behind. */
public final class DeadRuns {
  /**
   * Requests and arguments of earlier versions, which wrote them directly into the output
   * directory.
   */
  private static final Pattern EARLIER =
      Pattern.compile("(request-\\d+-\\d+-\\d+\\.json|worker-\\d+-\\d+-\\d+\\.args)(\\.part)?");

  /** Folders whose files are not made in a work folder first. */
  private static final List<String> WRITTEN =
      List.of("stages", "kept", "checkpoints", "check", "logs", "report", "export");

  private static final Duration MAKING = Duration.ofHours(1);

  private DeadRuns() {}

  /** Removes the folders of runs whose lock no process holds. */
  public static void remove(Path outputDirectory) {
    children(RunFolder.runsIn(outputDirectory)).stream()
        .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
        .filter(DeadRuns::isDead)
        .forEach(DeadRuns::delete);
  }

  /**
   * Removes files that killed runs had not finished, and the requests of earlier versions. Only the
   * holder of the lock may call this.
   */
  public static void removeUnfinished(Path outputDirectory) {
    children(outputDirectory).stream()
        .filter(file -> EARLIER.matcher(file.getFileName().toString()).matches())
        .forEach(DeadRuns::deleteFile);
    children(outputDirectory).forEach(DeadRuns::removeTemporary);
    for (String written : WRITTEN) {
      removeTemporariesBelow(outputDirectory.resolve(written));
    }
  }

  private static void removeTemporariesBelow(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.toList().forEach(DeadRuns::removeTemporary);
    } catch (IOException | UncheckedIOException e) {
      // Another process removes them: nothing is left to do.
    }
  }

  private static void removeTemporary(Path file) {
    if (AtomicFile.isTemporary(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      deleteFile(file);
    }
  }

  /** A folder without a lock file is just being made, unless it is old. */
  private static boolean isDead(Path folder) {
    try {
      return RunLock.hasFile(folder)
          ? !RunLock.isHeld(folder)
          : Files.getLastModifiedTime(folder).toInstant().isBefore(Instant.now().minus(MAKING));
    } catch (IOException e) {
      return false; // another build has just removed it
    }
  }

  /**
   * A run's folder holds files only. The lock file, which shows that the run is over, is deleted
   * last.
   */
  static void delete(Path folder) {
    children(folder).stream()
        .filter(file -> !file.equals(RunLock.fileIn(folder)))
        .forEach(DeadRuns::deleteFile);
    deleteFile(RunLock.fileIn(folder));
    deleteFile(folder);
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      return List.of(); // gone, or not readable: nothing to remove
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Another build removed it, or the next one will. The file does no harm.
    }
  }
}
