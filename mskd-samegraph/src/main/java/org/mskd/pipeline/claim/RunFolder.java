package org.mskd.pipeline.claim;

import java.io.IOException;
import java.nio.file.Path;
import org.mskd.file.PrivateFolder;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;

/**
 * The files of one run, {@code .runs/NAME/}, which only their owner can read: what the worker is
 * asked, how it is started, what it reports and prints. Each run has its own, so that two builds in
 * one output directory never write into each other's files. A run is alive as long as its build or
 * its worker holds its {@link RunLock}.
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
   * Makes the folder of a new run in an output directory that is taken.
   *
   * @throws BadInputException where the directory cannot be written
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
   * The folder that a build made, for the worker it started, which keeps the run alive where the
   * build is killed.
   *
   * @throws BadInputException where the folder is gone
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
    lock.close();
  }

  /** Removes the folder of this run, which is over. */
  public void remove() {
    close();
    DeadRuns.delete(folder);
  }
}
