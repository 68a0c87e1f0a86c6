package org.mskd.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;

/** Runs one JVM to its end and reads its results. */
final class Fork {
  private static final long MINUTES = 10;
  private static final int LAST_LINES = 6;

  private final Path folder;
  private int count;

  /**
   * @param folder for its logs and results
   */
  Fork(Path folder) {
    this.folder = folder;
  }

  /** Creates a process with these arguments. */
  @FunctionalInterface
  interface Command {
    ProcessBuilder of(List<String> arguments) throws IOException;
  }

  /** A work that ended without results; the message is the end of its log. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message);
    }
  }

  /**
   * Runs it.
   *
   * @param name for its files
   * @throws Failed if it fails
   */
  Results run(String name, Arguments parameters, Command command)
      throws IOException, InterruptedException, Failed {
    String file = "%02d-%s".formatted(++count, name);
    File log = folder.resolve(file + ".log").toFile();
    Path results = folder.resolve(file + ".json");
    Files.deleteIfExists(results);
    Process process =
        command
            .of(parameters.with("results", results).toList())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    Thread cancel = new Thread(process::destroyForcibly, "benchmark-cancel");
    Runtime.getRuntime().addShutdownHook(cancel);
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new Failed("it was not finished after " + MINUTES + " minutes");
      }
      if (process.exitValue() != 0) {
        throw new Failed("exit code " + process.exitValue() + ": " + end(log.toPath()));
      }
    } finally {
      process.destroyForcibly();
      forget(cancel);
    }
    return Results.read(results);
  }

  private static String end(Path log) throws IOException {
    List<String> lines =
        Files.readAllLines(log).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
            .toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This JVM is ending, and the hook is running.
    }
  }
}
