package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.mskd.pipeline.claim.OutputDirectory;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.lock.LockStep;
import org.mskd.pipeline.plan.ExperimentPlan;
import org.mskd.pipeline.plan.ResultCaches;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.Cancellation;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.ForcedStages;
import org.mskd.pipeline.stage.RunSettings;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.pipeline.stage.StageRunner;

/** Runs the stages of requests in this JVM as a worker does, without the report. */
public final class StageRuns {
  private StageRuns() {}

  /** Runs all stages that are not up to date, and returns the events. */
  public static List<Event> run(WorkerRequest request) {
    run(request, new Cancellation());
    return events(request.outputDirectory());
  }

  /** Runs some stages of a request. */
  public static void run(WorkerRequest request, StageGraph graph) {
    run(request, graph, new FileDigests(), new Cancellation());
  }

  /** Runs all stages and writes the lock file. */
  public static List<Event> locked(WorkerRequest request) {
    FileDigests digests = new FileDigests();
    run(request, ExperimentPlan.of(request), digests, new Cancellation());
    new LockStep(request, digests).write();
    return events(request.outputDirectory());
  }

  /**
   * Runs the stages as if the build was cancelled at the start: the first training does one step.
   *
   * @throws org.mskd.training.TrainingCancelled if a training was left to do
   */
  public static List<Event> cancelled(WorkerRequest request) {
    Cancellation cancellation = new Cancellation();
    assertTrue(cancellation.request(), "nothing to wait for yet");
    run(request, cancellation);
    return events(request.outputDirectory());
  }

  private static void run(WorkerRequest request, Cancellation cancellation) {
    run(request, ExperimentPlan.of(request), new FileDigests(), cancellation);
  }

  private static void run(
      WorkerRequest request, StageGraph graph, FileDigests digests, Cancellation cancellation) {
    Path output = request.outputDirectory();
    OutputDirectory.take(output);
    try (EventLog events = EventLog.open(output)) {
      RunSettings settings =
          new RunSettings(output, events, digests)
              .cancelledBy(cancellation)
              .forcing(ForcedStages.of(request.options().rerun(), graph.stages()))
              .keeping(request.options().keep())
              .caching(ResultCaches.of(request));
      new StageRunner(settings).complete().run(graph);
    }
  }

  /** The events of the latest run in an output directory, with those of one that failed. */
  public static List<Event> events(Path output) {
    return WorkerProcesses.events(EventLog.fileIn(output));
  }
}
