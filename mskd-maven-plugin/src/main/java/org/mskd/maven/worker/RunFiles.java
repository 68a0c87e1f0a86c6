package org.mskd.maven.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.mskd.pipeline.EventLog;

/**
 * The files of one run of a worker, under names of its own, so that two builds in one output folder
 * do not write over each other's. The log of the latest run is also {@code logs/worker.log}.
 */
public final class RunFiles implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Path outputDirectory;
  private final String name;

  private RunFiles(Path outputDirectory, String name) {
    this.outputDirectory = outputDirectory;
    this.name = name;
  }

  /** Names for a new run; the time is in them since a container's process ids begin anew. */
  public static RunFiles in(Path outputDirectory) {
    return new RunFiles(
        outputDirectory,
        ProcessHandle.current().pid()
            + "-"
            + System.currentTimeMillis()
            + "-"
            + COUNT.incrementAndGet());
  }

  /** What no other run is called. */
  public String name() {
    return name;
  }

  /** What the worker is asked; removed when the run is over. */
  public Path request() {
    return outputDirectory.resolve("request-" + name + ".json");
  }

  /** The launcher's arguments; removed when the run is over. */
  Path arguments() {
    return outputDirectory.resolve("worker-" + name + ".args");
  }

  Path events() {
    return EventLog.fileIn(outputDirectory);
  }

  /** What the worker says while it waits for the output directory; removed when the run is over. */
  Path waiting() {
    return EventLog.waitIn(outputDirectory, name);
  }

  Path logs() {
    return outputDirectory.resolve("logs");
  }

  /** Where this run's log is written. */
  Path log() {
    return logs().resolve("worker-" + name + ".log");
  }

  /** Where the latest run's log is found. */
  Path latestLog() {
    return logs().resolve("worker.log");
  }

  /** Lets {@code worker.log} be this run's log while it is written, where the disk has links. */
  void showLog() {
    Path link = logs().resolve("worker-" + name + ".link");
    try {
      Files.createLink(link, log());
      Files.move(link, latestLog(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UnsupportedOperationException e) {
      // It gets that name when the run is over.
    }
  }

  /**
   * Makes this run's log the latest.
   *
   * @return where it lies now
   */
  Path settleLog() {
    try {
      Files.move(log(), latestLog(), StandardCopyOption.REPLACE_EXISTING);
      // Of two names of one file a move leaves both.
      Files.deleteIfExists(log());
      return latestLog();
    } catch (IOException e) {
      return log();
    }
  }

  void deleteLog() {
    delete(log());
  }

  @Override
  public void close() {
    delete(request());
    delete(arguments());
    delete(waiting());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Left over, and in nobody's way.
    }
  }
}
