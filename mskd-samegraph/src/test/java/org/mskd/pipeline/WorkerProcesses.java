package org.mskd.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.mskd.TestJvm;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.claim.OutputDirectory;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.worker.Worker;

/**
 * Starts real workers, as the plugin does.
 *
 * @param folder where their requests and logs lie
 */
public record WorkerProcesses(Path folder) {
  public List<String> command(WorkerRequest request, String run) throws IOException {
    Path runFolder = runFolder(request.outputDirectory(), run);
    Files.writeString(runFolder.resolve("request.json"), ExperimentJson.write(request));
    return TestJvm.command("256m", Worker.class, runFolder.toString(), "module-" + run);
  }

  /** The folder of a run, as the plugin makes it, but for the name and the lock. */
  public static Path runFolder(Path output, String run) throws IOException {
    OutputDirectory.take(output);
    Path runFolder = Files.createDirectories(output.resolve(".runs").resolve(run));
    if (!Files.exists(runFolder.resolve("alive"))) {
      Files.createFile(runFolder.resolve("alive"));
    }
    return runFolder;
  }

  /** The file of a run's events. */
  public static Path eventsOf(Path output, String run) {
    return output.resolve(".runs").resolve(run).resolve("events.jsonl");
  }

  public Process start(WorkerRequest request, String run) throws IOException {
    return start(command(request, run), run);
  }

  /** Its input is a pipe from here, and its output the log. */
  public Process start(List<String> command, String run) throws IOException {
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("OMP_NUM_THREADS", "1");
    return process.redirectErrorStream(true).redirectOutput(log(run).toFile()).start();
  }

  public Path log(String run) {
    return folder.resolve("worker-" + run + ".log");
  }

  /** The whole lines of a file of events. */
  public static List<Event> events(Path file) {
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .map(line -> ExperimentJson.read(line, Event.class))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits; the test's own time limit ends it. */
  public static void until(BooleanSupplier holds) throws InterruptedException {
    while (!holds.getAsBoolean()) {
      Thread.sleep(20);
    }
  }
}
