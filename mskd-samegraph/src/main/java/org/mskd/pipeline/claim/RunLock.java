package org.mskd.pipeline.claim;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.mskd.file.PrivateFolder;

/**
 * Marks a run as alive: a lock on the file {@code alive} in its folder, which its build and its
 * worker share. The operating system holds it. Process numbers are no substitute: those of another
 * container are not valid here.
 */
final class RunLock implements AutoCloseable {
  private static final String ALIVE = "alive";

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  static Path fileIn(Path folder) {
    return folder.resolve(ALIVE);
  }

  /** Whether the folder has its lock file, so that its creation is complete. */
  static boolean hasFile(Path folder) {
    return Files.exists(fileIn(folder), LinkOption.NOFOLLOW_LINKS);
  }

  /** Takes the lock of a folder that was just created. */
  static RunLock create(Path folder) throws IOException {
    // Locked before it has its name: the file is never seen without a lock.
    Path unnamed = folder.resolve(ALIVE + ".new");
    FileChannel channel = PrivateFolder.createFile(unnamed);
    channel.lock(0, 1, true);
    Files.move(unnamed, fileIn(folder), StandardCopyOption.ATOMIC_MOVE);
    return new RunLock(channel);
  }

  /** Shares the lock of a folder that another process created. */
  static RunLock share(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(fileIn(folder), StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      channel.lock(0, 1, true);
    } catch (OverlappingFileLockException e) {
      // Build and worker are one process, as in tests: it is alive.
    }
    return new RunLock(channel);
  }

  /**
   * Prefix of the folder names of this JVM's runs. Their locks are never opened a second time,
   * since closing that channel would release them (POSIX). The start time distinguishes JVMs of two
   * containers that have equal process numbers.
   */
  static String ownPrefix() {
    ProcessHandle self = ProcessHandle.current();
    long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return self.pid() + "-" + started + "-";
  }

  /** Whether a process holds the lock. A folder without a lock file is just being created. */
  static boolean isHeld(Path folder) {
    if (folder.getFileName().toString().startsWith(ownPrefix())) {
      return true;
    }
    try (FileChannel channel =
            FileChannel.open(
                fileIn(folder),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      e.printStackTrace(); // to the worker's log; the lock ends with the process
    }
  }
}
