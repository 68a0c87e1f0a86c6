package org.mskd.pipeline.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.claim.OutputLock;
import org.mskd.pipeline.claim.OutputWatch;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.event.Failure;
import org.mskd.pipeline.plan.ExperimentPlan;
import org.mskd.pipeline.plan.ResultCaches;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.Cancellation;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.ForcedStages;
import org.mskd.pipeline.stage.RunSettings;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.pipeline.stage.StageRunner;
import org.mskd.training.TrainingCancelled;

/**
 * The JVM that runs one stage of a request for the {@link Worker} that started it and holds the
 * lock on the output directory. Its events go to standard output, where that worker reads them and
 * passes them on. It ends when that worker ends.
 */
final class StageWorker {
  private StageWorker() {}

  /**
   * @param arguments the path of the request, and the stage's id
   */
  public static void main(String[] arguments) {
    int exitCode = Failure.CRASH;
    try (EventLog events = EventLog.onStandardOutput()) {
      System.setOut(System.err); // output of libraries goes to the log
      Cancellation cancellation = new Cancellation();
      ParentWatch.start(System.in, cancellation);
      exitCode = work(Path.of(arguments[0]), arguments[1], events, cancellation);
    } finally {
      // Native libraries' threads would otherwise keep the JVM alive.
      System.exit(exitCode);
    }
  }

  private static int work(Path file, String id, EventLog events, Cancellation cancellation) {
    try {
      WorkerRequest request = ExperimentJson.read(Files.readString(file), WorkerRequest.class);
      Path output = request.outputDirectory();
      if (!OutputLock.share(output)) {
        return ExitCode.CANCELLED; // another build has it, so this stage is not needed
      }
      OutputWatch.start(output, Worker::endWithoutOutput);
      if (request.goal().needsTensors()) {
        TensorBackend.load(request.backend());
      }
      // The digests saved before this run are enough here; the worker saves the new ones.
      FileDigests digests = FileDigests.in(output, request.options().reread());
      StageGraph graph = ExperimentPlan.of(request);
      RunSettings settings =
          new RunSettings(output, events, digests)
              .cancelledBy(cancellation)
              .forcing(ForcedStages.of(request.options().rerun(), graph.stages()))
              .keeping(request.options().keep())
              .caching(ResultCaches.of(request))
              .guardedBy(() -> Worker.requireOutput(output));
      new StageRunner(settings).run(graph, List.of(graph.stage(id)));
      return ExitCode.DONE;
    } catch (TrainingCancelled e) {
      return ExitCode.CANCELLED;
    } catch (IOException | RuntimeException | Error e) {
      e.printStackTrace(); // to the log, which the plugin names
      return Failure.of(e).reportTo(events);
    }
  }
}
