package org.mskd.pipeline.claim;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;

/**
 * The exclusive right to write in an output directory. One worker holds it until it ends, and the
 * workers it starts for single stages share it: the next build gets the lock when the last of them
 * has ended, also if the worker that started them was killed. The operating system holds the lock,
 * so the lock of a process ends with the process.
 */
public final class OutputLock {
  /** In {@code .lock}, which stays empty: the byte that the directory's worker locks. */
  private static final long WORKER = 0;

  /** The byte that the workers of single stages lock together. */
  private static final long STAGES = 1;

  /**
   * A lock of this JVM. The channel stays open to the end of the JVM: a channel that is no longer
   * referred to is closed, and its lock is released.
   */
  private record Held(Path file, FileChannel channel, Object identity) {}

  private static final List<Held> HELD = new ArrayList<>();

  private OutputLock() {}

  /**
   * Takes the lock without waiting.
   *
   * @return false if another process has it, or this one already
   * @throws BadInputException if the directory cannot be written
   */
  public static synchronized boolean take(Path outputDirectory) {
    return take(outputDirectory, OutputLock::alone);
  }

  /**
   * Shares the lock, for a worker that was started for one stage.
   *
   * @return false if another build has the directory: the worker that started this one has ended
   */
  public static synchronized boolean share(Path outputDirectory) {
    return take(outputDirectory, channel -> channel.tryLock(STAGES, 1, true) != null);
  }

  /**
   * Whether the directory is still the one that was locked. It is not if it was removed meanwhile,
   * as {@code mvn clean} does, even if it was created again: the new directory belongs to the build
   * that created it.
   */
  public static synchronized boolean isValid(Path outputDirectory) {
    Path file = fileIn(outputDirectory);
    return HELD.stream().anyMatch(held -> held.file.equals(file) && isSame(held));
  }

  private static boolean isSame(Held held) {
    try {
      return Objects.equals(identity(held.file), held.identity);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      return true; // a network's file system may fail for a moment: that removes nothing
    }
  }

  private static Path fileIn(Path outputDirectory) {
    return outputDirectory.toAbsolutePath().normalize().resolve(".lock");
  }

  /**
   * Identity of a file, which differs from that of another file of the same name; null if the file
   * system has none.
   */
  private static Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  private static boolean alone(FileChannel channel) throws IOException {
    FileLock stages =
        channel.tryLock(WORKER, 1, false) == null ? null : channel.tryLock(STAGES, 1, false);
    if (stages != null) {
      stages.release();
    }
    return stages != null;
  }

  private interface Attempt {
    boolean succeeds(FileChannel channel) throws IOException;
  }

  /**
   * Opens the file each time, since it may have been deleted meanwhile. A file that this JVM has
   * locked is never opened again: closing a second channel of a file releases all locks of the
   * process (POSIX).
   */
  private static boolean take(Path outputDirectory, Attempt attempt) {
    if (isValid(outputDirectory)) {
      return false;
    }
    Path file = fileIn(outputDirectory);
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      if (succeeds(attempt, channel)) {
        HELD.add(new Held(file, channel, identity(file)));
        return true;
      }
      channel.close();
      return false;
    } catch (IOException e) {
      throw new BadInputException(
          "<outputDirectory> cannot be used: " + WriteFailure.reason(e) + ".",
          WriteFailure.remedy(e),
          e);
    }
  }

  private static boolean succeeds(Attempt attempt, FileChannel channel) throws IOException {
    try {
      return attempt.succeeds(channel);
    } catch (OverlappingFileLockException e) {
      return false; // another class loader of this JVM has it
    }
  }
}
