package org.mskd.pipeline.claim;

import java.io.IOException;
import java.nio.file.Path;
import org.mskd.file.PrivateFolder;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;

/**
 * The files of one run, {@code .runs/NAME/}, which only their owner can read: the request, the JVM
 * arguments, the events and the log of the worker. Each run has its own folder, so that two builds
 * in one output directory never write into each other's files. A run is alive as long as its build
 * or its worker holds its {@link RunLock}.
 */
public final class RunFolder implements AutoCloseable {
  private static final String RUNS = ".runs";

  private final Path folder;
  private final RunLock lock;

  private RunFolder(Path folder, RunLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** The folder of all runs in an output directory. */
  static Path runsIn(Path outputDirectory) {
    return outputDirectory.resolve(RUNS);
  }

  /**
   * Creates the folder of a new run in an output directory that {@link OutputDirectory#take}
   * accepted.
   *
   * @throws BadInputException if the directory cannot be written
   */
  public static RunFolder create(Path outputDirectory) {
    try {
      Path folder = PrivateFolder.create(runsIn(outputDirectory), RunLock.ownPrefix());
      return new RunFolder(folder, RunLock.create(folder));
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
   * Opens the folder that a build made, in the worker that it started. The worker shares the lock,
   * so that the run stays alive if the build is killed.
   *
   * @throws BadInputException if the folder is gone
   */
  public static RunFolder join(Path folder) {
    try {
      return new RunFolder(folder, RunLock.share(folder));
    } catch (IOException e) {
      throw new BadInputException(
          folder + ", the folder of this run, is gone: " + WriteFailure.reason(e) + ".",
          "Run the same goal again.",
          e);
    }
  }

  /** Unique name of this run. */
  public String name() {
    return folder.getFileName().toString();
  }

  /** The file of the request. */
  public Path request() {
    return folder.resolve("request.json");
  }

  /** The file with the arguments of the worker's JVM. */
  public Path arguments() {
    return folder.resolve("worker.args");
  }

  /** The file of the events that the worker reports. */
  public Path events() {
    return folder.resolve("events.jsonl");
  }

  /** The log: output of the worker and its native code. */
  public Path log() {
    return folder.resolve("worker.log");
  }

  /** Releases the lock. The files stay; the process that created the folder removes them. */
  @Override
  public void close() {
    lock.close();
  }

  /** Removes the folder of this run, which is over. */
  public void remove() {
    close();
    DeadRuns.delete(folder);
  }
}
