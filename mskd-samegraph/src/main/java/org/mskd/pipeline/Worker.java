package org.mskd.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.claim.OutputOwner;
import org.mskd.pipeline.claim.OutputWait;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.event.Failure;
import org.mskd.pipeline.stage.Cancellation;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.ForcedStages;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProcesses;
import org.mskd.pipeline.stage.StageRunner;
import org.mskd.training.TrainingCancelled;

/**
 * The forked JVM that does an experiment's work: reads a {@link WorkerRequest}, runs its stages,
 * says how it goes in {@code events.jsonl}, and ends with one of {@link ExitCode}. It holds the
 * lock on the output directory as long as it runs; where another process has it, it waits.
 */
public final class Worker {
  private Worker() {}

  /**
   * @param arguments the path of the request, a name for this run ({@link Event.WorkerStarted}),
   *     and the folder of the project that asks, for those who wait for this run
   */
  public static void main(String[] arguments) {
    int exitCode = Failure.CRASH;
    try {
      Cancellation cancellation = new Cancellation();
      ParentWatch.start(System.in, cancellation);
      String module = arguments.length > 2 ? arguments[2] : "";
      exitCode = work(Path.of(arguments[0]), arguments[1], module, cancellation);
    } catch (IOException | RuntimeException | Error e) {
      exitCode = Failure.of(e).exitCode();
      e.printStackTrace(); // to the log, which the plugin names
    } finally {
      // Native libraries' threads would otherwise keep the JVM alive.
      System.exit(exitCode);
    }
  }

  private static int work(Path file, String run, String module, Cancellation cancellation)
      throws IOException {
    WorkerRequest request = ExperimentJson.read(Files.readString(file), WorkerRequest.class);
    Path output = request.outputDirectory();
    Optional<Duration> waited = new OutputWait(output, run).takeLock();
    try (EventLog events = EventLog.open(output)) {
      events.say(new Event.WorkerStarted(run));
      waited.ifPresent(time -> events.say(new Event.Message(free(output, time))));
      OutputOwner.current(request.goal().goalName(), module).write(output);
      StageProcesses besides =
          StageProcesses.ofThisWorker(StageWorker.class, file, request.options().parallel());
      FileDigests digests = FileDigests.in(output, request.options().reread());
      StageRunner runner =
          new StageRunner(output, events, digests).besides(besides).cancelledBy(cancellation);
      try {
        return run(request, events, runner, digests);
      } finally {
        digests.save(output);
      }
    } finally {
      OutputOwner.remove(output);
    }
  }

  private static String free(Path output, Duration waited) {
    return output + " is free after " + OutputWait.told(waited) + ".";
  }

  private static int run(
      WorkerRequest request, EventLog events, StageRunner runner, FileDigests digests) {
    try {
      RulesStep rules = new RulesStep(request);
      rules.forget();
      if (request.goal() == Goal.DOCTOR) {
        TensorBackend.load(request.backend());
        return Doctor.examine(request, events);
      }
      List<Stage> stages = ExperimentPlan.stages(request, digests);
      runner
          .forcing(ForcedStages.of(request.options().rerun(), stages))
          .first(() -> load(request, events))
          .run(stages);
      Scores.told(request).forEach(events::say);
      return rules.check(events);
    } catch (TrainingCancelled e) {
      return ExitCode.CANCELLED; // whoever cancelled the run waits for this
    } catch (RuntimeException | Error e) {
      e.printStackTrace(); // to the log, which the plugin names
      return Failure.of(e).tell(events);
    }
  }

  private static void load(WorkerRequest request, EventLog events) {
    if (!request.goal().needsTensors()) {
      return;
    }
    TensorBackend.load(request.backend());
    TensorBackend.slowness().ifPresent(text -> events.say(new Event.Warning(text)));
  }
}
