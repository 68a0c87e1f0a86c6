package org.mskd.pipeline.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.claim.DeadRuns;
import org.mskd.pipeline.claim.OutputLock;
import org.mskd.pipeline.claim.OutputOwner;
import org.mskd.pipeline.claim.OutputWait;
import org.mskd.pipeline.claim.OutputWatch;
import org.mskd.pipeline.claim.RunFolder;
import org.mskd.pipeline.event.DurationText;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.event.Failure;
import org.mskd.pipeline.event.RunEvents;
import org.mskd.pipeline.export.ExportRun;
import org.mskd.pipeline.lock.LockStep;
import org.mskd.pipeline.plan.DataReport;
import org.mskd.pipeline.plan.ExperimentPlan;
import org.mskd.pipeline.plan.FolderCheck;
import org.mskd.pipeline.plan.ResultCaches;
import org.mskd.pipeline.plan.RulesStep;
import org.mskd.pipeline.plan.Scores;
import org.mskd.pipeline.report.ReportStep;
import org.mskd.pipeline.report.StageTimes;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.Cancellation;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.ForcedStages;
import org.mskd.pipeline.stage.RunSettings;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.pipeline.stage.StageProcesses;
import org.mskd.pipeline.stage.StageRunner;
import org.mskd.problem.BadInputException;
import org.mskd.training.TrainingCancelled;

/**
 * The forked JVM that does an experiment's work: reads a {@link WorkerRequest}, runs its stages,
 * reports in the events of its {@link RunFolder}, and ends with one of {@link ExitCode}. It holds
 * the lock on the output directory as long as it runs. If another process holds the lock, it waits.
 */
public final class Worker {
  private final RunFolder folder;
  private final String module;
  private final EventLog events;
  private final Cancellation cancellation;

  private Worker(RunFolder folder, String module, EventLog events, Cancellation cancellation) {
    this.folder = folder;
    this.module = module;
    this.events = events;
    this.cancellation = cancellation;
  }

  /**
   * Does the work of one run.
   *
   * @param arguments the {@link RunFolder}, and the folder of the module that the goal runs in,
   *     which is shown to builds that wait for this run
   */
  public static void main(String[] arguments) {
    int exitCode = Failure.CRASH;
    Path path = Path.of(arguments[0]);
    try (RunFolder folder = RunFolder.join(path);
        EventLog events = EventLog.openAt(folder.events())) {
      Cancellation cancellation = new Cancellation();
      ParentWatch.start(System.in, cancellation);
      String module = arguments.length > 1 ? arguments[1] : "";
      exitCode = new Worker(folder, module, events, cancellation).work();
    } catch (IOException | RuntimeException | Error e) {
      exitCode = Failure.of(e).exitCode();
      e.printStackTrace(); // to the log, which the plugin names
    } finally {
      // Native libraries' threads would otherwise keep the JVM alive.
      System.exit(Files.isDirectory(path) ? exitCode : ExitCode.OUTPUT_REMOVED);
    }
  }

  private int work() throws IOException {
    WorkerRequest request =
        ExperimentJson.read(Files.readString(folder.request()), WorkerRequest.class);
    Path output = request.outputDirectory();
    try {
      Optional<Duration> waited = new OutputWait(output, events).takeLock();
      if (!Files.exists(folder.request())) {
        endWithoutOutput(); // removed while it waited, and made again by another build
      }
      OutputWatch.start(output, Worker::endWithoutOutput);
      events.report(new Event.WorkerStarted(folder.name()));
      waited.ifPresent(time -> events.report(new Event.Message(free(output, time))));
      OutputOwner.current(request.goal().goalName(), module, folder.name()).write(output);
      return run(request);
    } catch (TrainingCancelled e) {
      return ExitCode.CANCELLED; // the request to cancel waits for the end of the training
    } catch (RuntimeException | Error e) {
      e.printStackTrace(); // to the log, which the plugin names
      return Failure.of(e).reportTo(events);
    } finally {
      if (OutputLock.isValid(output)) {
        OutputOwner.remove(output);
      }
    }
  }

  /** Ends the process. Nothing may be written: the directory now belongs to another build. */
  static void endWithoutOutput() {
    System.err.println("The output directory was removed.");
    Runtime.getRuntime().halt(ExitCode.OUTPUT_REMOVED);
  }

  private static String free(Path output, Duration waited) {
    return output + " is free after " + DurationText.of(waited) + ".";
  }

  private int run(WorkerRequest request) {
    Path output = request.outputDirectory();
    if (request.goal() == Goal.DOCTOR) {
      TensorBackend.load(request.backend());
      return Doctor.examine(request, events);
    }
    FolderCheck.check(request);
    DeadRuns.removeUnfinished(output);
    if (request.goal() == Goal.EXPORT) {
      load(request);
      new ExportRun(request, events).run();
      return ExitCode.DONE;
    }
    FileDigests digests = FileDigests.in(output, request.options().reread());
    try {
      StageGraph graph = ExperimentPlan.of(request);
      RunSettings settings =
          new RunSettings(output, events, digests)
              .cancelledBy(cancellation)
              .forcing(ForcedStages.of(request.options().rerun(), graph.stages()))
              .keeping(request.options().keep())
              .caching(ResultCaches.of(request))
              .first(() -> load(request))
              .guardedBy(() -> requireOutput(output));
      new StageRunner(settings)
          .besides(
              StageProcesses.ofThisWorker(
                  StageWorker.class, folder.request(), request.options().parallel()))
          .complete()
          .run(graph);
      new LockStep(request, digests).write();
      saveTimes(output);
      new ReportStep(request).write(module, RunEvents.read(folder.events()), events);
      Scores.of(request).forEach(events::report);
      int data = new DataReport(request).check(events);
      return data == ExitCode.DONE ? new RulesStep(request).check(events) : data;
    } finally {
      saveTimes(output);
      save(digests, output);
    }
  }

  /** Saves the times of the stages, of a run that failed too. No result depends on them. */
  private void saveTimes(Path output) {
    try {
      if (OutputLock.isValid(output)) {
        StageTimes.add(output, RunEvents.read(folder.events()));
      }
    } catch (BadInputException e) {
      e.printStackTrace(); // to the log, which the plugin names
    }
  }

  /** Saves the digests. A failure to save them does not fail the run. */
  private static void save(FileDigests digests, Path output) {
    try {
      if (OutputLock.isValid(output)) {
        digests.save(output);
      }
    } catch (BadInputException e) {
      e.printStackTrace(); // to the log, which the plugin names
    }
  }

  /** Checks, before anything is replaced, that the output directory is still the locked one. */
  static void requireOutput(Path output) {
    if (!OutputLock.isValid(output)) {
      endWithoutOutput();
    }
  }

  private void load(WorkerRequest request) {
    if (!request.goal().needsTensors()) {
      return;
    }
    TensorBackend.load(request.backend());
    TensorBackend.slowness().ifPresent(text -> events.report(new Event.Warning(text)));
  }
}
