package org.mskd.maven.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.mskd.pipeline.claim.DeadRuns;
import org.mskd.pipeline.claim.OutputDirectory;
import org.mskd.pipeline.claim.RunFolder;
import org.mskd.pipeline.event.EventLog;

/**
 * The files of one run of a worker, in a {@link RunFolder} of its own. Once the worker has the
 * lock, its events and its log are also {@code events.jsonl} and {@code logs/worker.log} of the
 * output directory; they stay there when the run is over.
 */
public final class RunFiles implements AutoCloseable {
  private final Path outputDirectory;
  private final RunFolder run;

  private RunFiles(Path outputDirectory, RunFolder run) {
    this.outputDirectory = outputDirectory;
    this.run = run;
  }

  /**
   * Prepares the output directory, removes leftovers of killed runs there, and creates the folder
   * of the files.
   *
   * @throws org.mskd.problem.BadInputException if the directory is not an output directory of mskd,
   *     or cannot be written
   */
  public static RunFiles in(Path outputDirectory) {
    OutputDirectory.take(outputDirectory);
    DeadRuns.remove(outputDirectory);
    return new RunFiles(outputDirectory, RunFolder.create(outputDirectory));
  }

  /** The folder, which is passed to the worker. */
  public Path folder() {
    return run.request().getParent();
  }

  /** Unique name of the run. */
  public String name() {
    return run.name();
  }

  /** The file of the request. */
  public Path request() {
    return run.request();
  }

  Path arguments() {
    return run.arguments();
  }

  Path events() {
    return run.events();
  }

  Path log() {
    return run.log();
  }

  Path logs() {
    return outputDirectory.resolve("logs");
  }

  /** The path of the log of the latest run. */
  Path latestLog() {
    return logs().resolve("worker.log");
  }

  /** Whether the output directory still exists and was not removed during the run. */
  boolean outputIsThere() {
    return Files.isDirectory(folder());
  }

  /**
   * Links events and log into the output directory while they are written, if its file system has
   * links.
   */
  void show() {
    show(run.events(), EventLog.fileIn(outputDirectory));
    show(run.log(), latestLog());
  }

  private void show(Path file, Path shown) {
    if (!outputIsThere()) {
      return; // it is not created again
    }
    Path link = folder().resolve(file.getFileName() + ".link");
    try {
      Files.createDirectories(shown.getParent());
      Files.createLink(link, file);
      Files.move(link, shown, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UnsupportedOperationException e) {
      // Without a link, the file is moved there when the run is over.
    }
  }

  /**
   * Leaves events and log in the output directory.
   *
   * @return path of the log; empty if there is none
   */
  Optional<Path> settle() {
    settle(run.events(), EventLog.fileIn(outputDirectory));
    return settle(run.log(), latestLog());
  }

  private static Optional<Path> settle(Path file, Path settled) {
    try {
      if (Files.isRegularFile(file)) {
        Files.createDirectories(settled.getParent());
        Files.move(file, settled, StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(settled);
      }
    } catch (IOException e) {
      // The directory is being removed, full or read-only: there is no log.
    }
    return Optional.empty();
  }

  /** Removes the folder of the run. */
  @Override
  public void close() {
    run.remove();
  }
}
