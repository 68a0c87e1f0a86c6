package org.mskd.dataset.phantom;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.mskd.problem.BadInputException;

/**
 * The exclusive right to draw in a folder of phantoms, which several experiments may share. The
 * operating system holds it, so it ends with the process; the file stays, empty.
 */
final class PhantomLock implements AutoCloseable {
  static final String NAME = ".phantoms.lock";
  private static final long LOOK_MILLIS = 100;

  /** File locks are a process's, not a thread's. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final FileChannel channel;

  private PhantomLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until no other process draws there; makes the folder where needed.
   *
   * @throws BadInputException if the folder cannot be written
   */
  static PhantomLock take(Path directory) {
    THREADS.lock();
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve(NAME),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      lock(channel);
      return new PhantomLock(channel);
    } catch (IOException e) {
      THREADS.unlock();
      throw PhantomFolder.failed(directory, e);
    } catch (RuntimeException e) {
      THREADS.unlock();
      throw e;
    }
  }

  /** Another class loader of this JVM may have it, for which the system does not wait. */
  private static void lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        channel.lock();
        return;
      } catch (OverlappingFileLockException e) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadInputException(
          "The wait for the phantoms' folder was interrupted.", "Run the same goal again.", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      e.printStackTrace(); // to the worker's log; the lock ends with the process
    } finally {
      THREADS.unlock();
    }
  }
}
