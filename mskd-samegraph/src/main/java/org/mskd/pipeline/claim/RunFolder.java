package org.mskd.pipeline.claim;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;

/**
 * The files of one run, {@code .runs/NAME/}, which only their owner can read: what the worker is
 * asked, how it is started, what it reports and prints. Each run has its own, so that two builds in
 * one output directory never write into each other's files.
 *
 * <p>A run is alive as long as its build or its worker holds the lock on {@code alive}. Process
 * numbers would not tell: those of another container mean nothing here.
 */
public final class RunFolder implements AutoCloseable {
  private static final String RUNS = ".runs";
  private static final String ALIVE = "alive";
  private static final int RANDOM_BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;
  private final FileChannel alive;

  private RunFolder(Path folder, FileChannel alive) {
    this.folder = folder;
    this.alive = alive;
  }

  /** The folder of all runs in an output directory. */
  static Path runsIn(Path outputDirectory) {
    return outputDirectory.resolve(RUNS);
  }

  /**
   * Makes the folder of a new run in an output directory that is taken.
   *
   * @throws BadInputException where the directory cannot be written
   */
  public static RunFolder create(Path outputDirectory) {
    Path folder = runsIn(outputDirectory).resolve(ownPrefix() + randomName());
    try {
      Files.createDirectories(folder.getParent());
      Files.createDirectory(folder, ownerOnly(folder, "rwx------"));
      // Locked before it has its name: a run whose file is there is never seen without a lock.
      Path unnamed = folder.resolve(ALIVE + ".new");
      FileChannel channel = open(unnamed);
      channel.lock(0, 1, true);
      Files.move(unnamed, folder.resolve(ALIVE), StandardCopyOption.ATOMIC_MOVE);
      return new RunFolder(folder, channel);
    } catch (IOException e) {
      throw new BadInputException(
          "<outputDirectory> "
              + outputDirectory
              + " cannot be used: "
              + WriteFailure.reason(e)
              + ".",
          WriteFailure.remedy(e),
          e);
    }
  }

  /**
   * The folder that a build made, for the worker it started, which keeps the run alive where the
   * build is killed.
   *
   * @throws BadInputException where the folder is gone
   */
  public static RunFolder join(Path folder) {
    Path file = folder.resolve(ALIVE);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      share(channel);
      return new RunFolder(folder, channel);
    } catch (IOException e) {
      throw new BadInputException(
          folder + ", the folder of this run, is gone: " + WriteFailure.reason(e) + ".",
          "Run the same goal again.",
          e);
    }
  }

  private static void share(FileChannel channel) throws IOException {
    try {
      channel.lock(0, 1, true);
    } catch (OverlappingFileLockException e) {
      // The build and the worker are one process, as in tests: it is alive.
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return (FileChannel)
        Files.newByteChannel(
            file,
            java.util.Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            ownerOnly(file, "rw-------"));
  }

  private static FileAttribute<?>[] ownerOnly(Path file, String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix && file.getFileSystem() == FileSystems.getDefault()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Which JVM made a folder: this one never opens the locks of its own runs again, since to close
   * that channel would release them (POSIX). The start time tells the JVMs of two containers apart
   * whose process numbers are equal.
   */
  static String ownPrefix() {
    ProcessHandle self = ProcessHandle.current();
    long started = self.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
    return self.pid() + "-" + started + "-";
  }

  private static String randomName() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Whether a process has the run. A folder without a lock file is just being made. */
  static boolean isAlive(Path folder) {
    if (folder.getFileName().toString().startsWith(ownPrefix())) {
      return true;
    }
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(ALIVE),
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

  /** What no other run is called. */
  public String name() {
    return folder.getFileName().toString();
  }

  /** What the worker is asked. */
  public Path request() {
    return folder.resolve("request.json");
  }

  /** The arguments of the worker's JVM. */
  public Path arguments() {
    return folder.resolve("worker.args");
  }

  /** What the worker reports. */
  public Path events() {
    return folder.resolve("events.jsonl");
  }

  /** What the worker and its native code print. */
  public Path log() {
    return folder.resolve("worker.log");
  }

  /** Releases the lock, and leaves the files to whoever made the folder. */
  @Override
  public void close() {
    try {
      alive.close();
    } catch (IOException e) {
      e.printStackTrace(); // to the worker's log; the lock ends with the process
    }
  }

  /** Removes the folder of this run, which is over. */
  public void remove() {
    close();
    DeadRuns.delete(folder);
  }
}
