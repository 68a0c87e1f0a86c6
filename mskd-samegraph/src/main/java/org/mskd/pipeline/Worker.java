package org.mskd.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ScoreTable;
import org.mskd.experiment.ExperimentJson;

/**
 * The forked JVM that does an experiment's work: reads a {@link WorkerRequest}, runs its stages,
 * says how it goes in {@code events.jsonl}, and ends with one of {@link ExitCode}. While it runs it
 * holds the lock on the output directory.
 */
public final class Worker {
  private Worker() {}

  /**
   * @param arguments the path of the request
   */
  public static void main(String[] arguments) throws IOException {
    WorkerRequest request =
        ExperimentJson.read(Files.readString(Path.of(arguments[0])), WorkerRequest.class);
    Files.createDirectories(request.outputDirectory());
    Path lockFile = request.outputDirectory().resolve(".lock");
    int exitCode;
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock();
        EventLog events = EventLog.open(request.outputDirectory())) {
      ParentWatch.start(System.in);
      exitCode = lock.isValid() ? run(request, events) : ExitCode.CANCELLED;
    }
    // Native libraries' threads would otherwise keep the JVM alive.
    System.exit(exitCode);
  }

  private static int run(WorkerRequest request, EventLog events) {
    try {
      if (request.goal() == Goal.DOCTOR) {
        return Doctor.examine(request, events);
      }
      new StageRunner(request.outputDirectory(), events).run(ExperimentPlan.stages(request));
      sayScores(request, events);
      return ExitCode.DONE;
    } catch (RuntimeException | Error e) {
      e.printStackTrace(); // to the log, which the plugin names
      return Failure.of(e).tell(events);
    }
  }

  private static void sayScores(WorkerRequest request, EventLog events) {
    if (request.goal() != Goal.RUN && request.goal() != Goal.EVALUATE) {
      return;
    }
    Path file = EvaluateStage.metricsFile(new ExperimentFolders(request.outputDirectory()));
    if (request.experiment().orElseThrow().testSet().isEmpty()) {
      events.say(new Event.Warning("No <testSet> is declared, so nothing was evaluated."));
      return;
    }
    Metrics metrics = MetricsFile.read(file);
    events.say(new Event.Message(""));
    ScoreTable.lines(metrics, request.experiment().orElseThrow().organs())
        .forEach(line -> events.say(new Event.Message(line)));
    events.say(new Event.Message(""));
    events.say(new Event.Message("Metrics: " + file));
  }
}
