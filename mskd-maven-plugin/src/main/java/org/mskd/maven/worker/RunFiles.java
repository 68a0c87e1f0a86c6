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
 * The files of one run of a worker, in a {@link RunFolder} of its own. Its events and its log are
 * also {@code events.jsonl} and {@code logs/worker.log} of the output directory once it has that to
 * itself; they stay there when the run is over.
 */
public final class RunFiles implements AutoCloseable {
  private final Path outputDirectory;
  private final RunFolder run;

  private RunFiles(Path outputDirectory, RunFolder run) {
    this.outputDirectory = outputDirectory;
    this.run = run;
  }

  /**
   * Takes the output directory, removes what killed runs left there, and makes the files' folder.
   *
   * @throws org.mskd.problem.BadInputException if the directory is somebody else's, or cannot be
   *     written
   */
  public static RunFiles in(Path outputDirectory) {
    OutputDirectory.take(outputDirectory);
    DeadRuns.remove(outputDirectory);
    return new RunFiles(outputDirectory, RunFolder.create(outputDirectory));
  }

  /** The folder, which the worker is given. */
  public Path folder() {
    return run.request().getParent();
  }

  /** What no other run is called. */
  public String name() {
    return run.name();
  }

  /** What the worker is asked. */
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

  /** Where the log of the latest run is found. */
  Path latestLog() {
    return logs().resolve("worker.log");
  }

  /** Whether the output directory is still there, and was not removed during the run. */
  boolean outputIsThere() {
    return Files.isDirectory(folder());
  }

  /** Shows events and log in the output directory while they are written, where it has links. */
  void show() {
    show(run.events(), EventLog.fileIn(outputDirectory));
    show(run.log(), latestLog());
  }

  private void show(Path file, Path shown) {
    if (!outputIsThere()) {
      return; // nor is it made again
    }
    Path link = folder().resolve(file.getFileName() + ".link");
    try {
      Files.createDirectories(shown.getParent());
      Files.createLink(link, file);
      Files.move(link, shown, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UnsupportedOperationException e) {
      // It gets that name when the run is over.
    }
  }

  /**
   * Leaves events and log in the output directory.
   *
   * @return where the log lies; empty where there is none
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
      // The directory is being removed, full or read only: who asks for the log finds none.
    }
    return Optional.empty();
  }

  /** Removes what is not to stay. */
  @Override
  public void close() {
    run.remove();
  }
}
