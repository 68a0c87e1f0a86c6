package org.mskd.pipeline.claim;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mskd.pipeline.event.Failure;
import org.mskd.problem.BadInputException;

/**
 * The right to work in an output directory. One worker has it, until it ends, and the workers it
 * starts for single stages share in it: the next build is let in when the last of them is gone,
 * also where the one that started them was killed. The system keeps it, so whoever is dead has it
 * no more.
 */
public final class OutputLock {
  /** In {@code .lock}, which stays empty: the byte that the directory's worker locks. */
  private static final long WORKER = 0;

  /** The byte that the workers of single stages lock together. */
  private static final long STAGES = 1;

  /**
   * Kept to the end of this JVM: a channel that is no longer referred to is closed, and its lock is
   * gone. The system releases it with the process, however that ends.
   */
  private static FileChannel held;

  private OutputLock() {}

  /**
   * Takes the lock without waiting; makes the directory where needed.
   *
   * @return false where another process has it
   * @throws BadInputException where the directory cannot be written
   */
  public static synchronized boolean take(Path outputDirectory) {
    return take(outputDirectory, OutputLock::alone);
  }

  /**
   * Takes the share of a worker that was started for one stage.
   *
   * @return false where another build has the directory: the one that this worker is part of is
   *     gone
   */
  public static synchronized boolean share(Path outputDirectory) {
    return take(outputDirectory, channel -> channel.tryLock(STAGES, 1, true) != null);
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

  /** Opens the file each time: who cleaned the directory meanwhile has deleted it. */
  private static boolean take(Path outputDirectory, Attempt attempt) {
    try {
      Files.createDirectories(outputDirectory);
      FileChannel channel =
          FileChannel.open(
              outputDirectory.resolve(".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (succeeds(attempt, channel)) {
        held = channel;
        return true;
      }
      channel.close(); // with what it had locked
      return false;
    } catch (IOException e) {
      throw new BadInputException(
          "<outputDirectory> cannot be used: " + Failure.reason(e) + ".",
          "Free space on its disk, or choose another <outputDirectory>.",
          e);
    }
  }

  private static boolean succeeds(Attempt attempt, FileChannel channel) throws IOException {
    try {
      return attempt.succeeds(channel);
    } catch (OverlappingFileLockException e) {
      return false; // this very JVM has it
    }
  }
}
