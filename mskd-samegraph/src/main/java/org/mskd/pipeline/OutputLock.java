package org.mskd.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mskd.problem.BadInputException;

/** The right to work in an output directory: one process at a time has it, until it ends. */
final class OutputLock {
  /**
   * Kept to the end of this JVM: a channel that is no longer referred to is closed, and its lock is
   * gone. The system releases it with the process, however that ends.
   */
  private static FileLock held;

  private OutputLock() {}

  /**
   * Takes the lock without waiting; makes the directory where needed.
   *
   * @return false where another process has it
   * @throws BadInputException where the directory cannot be written
   */
  static synchronized boolean take(Path outputDirectory) {
    Path file = outputDirectory.resolve(".lock");
    try {
      Files.createDirectories(outputDirectory);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      held = channel.tryLock();
      if (held == null) {
        channel.close();
      }
      return held != null;
    } catch (IOException e) {
      throw new BadInputException(
          "<outputDirectory> cannot be used: " + Failure.reason(e) + ".",
          "Free space on its disk, or choose another <outputDirectory>.",
          e);
    }
  }
}
