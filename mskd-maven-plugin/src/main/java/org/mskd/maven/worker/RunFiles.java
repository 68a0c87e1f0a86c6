package org.mskd.maven.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mskd.pipeline.event.EventLog;

/**
 * The files of one run of a worker, under names of its own, so that two builds in one output folder
 * do not write over each other's. The log of the latest run is also {@code logs/worker.log}.
 */
public final class RunFiles implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Requests and arguments, by the process and the time they are of. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:request-(\\d+)-(\\d+)-\\d+\\.json|worker-(\\d+)-(\\d+)-\\d+\\.args)(?:\\.part)?");

  /** A worker has read both long before; a process seen as dead may live in another container. */
  private static final Duration READ = Duration.ofSeconds(20);

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
    deadRuns().forEach(RunFiles::delete);
  }

  /** What builds that were killed could not remove. */
  private List<Path> deadRuns() {
    try (Stream<Path> files = Files.list(outputDirectory)) {
      return files.filter(RunFiles::isOfDeadRun).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isOfDeadRun(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return false;
    }
    int group = name.group(1) != null ? 1 : 3;
    try {
      long pid = Long.parseLong(name.group(group));
      long begun = Long.parseLong(name.group(group + 1));
      return ProcessHandle.of(pid).isEmpty()
          && System.currentTimeMillis() - begun > READ.toMillis();
    } catch (NumberFormatException e) {
      return false; // not one of ours
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Left over, and in nobody's way.
    }
  }
}
