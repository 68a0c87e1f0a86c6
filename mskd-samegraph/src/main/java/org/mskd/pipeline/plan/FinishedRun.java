package org.mskd.pipeline.plan;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.pipeline.stage.StageState;
import org.mskd.pipeline.stage.StageStates;
import org.mskd.problem.BadInputException;

/**
 * Finds out without a worker that there is nothing to do. Loads no tensors, so that it can be asked
 * where the backend is not on the class path. It holds no lock: where another build replaces
 * results meanwhile, it finds something to do, and the worker waits for that build.
 */
public final class FinishedRun {
  private FinishedRun() {}

  /**
   * The events of a worker that has nothing to do.
   *
   * @param request as a worker would get it
   * @return empty where a stage has to be run, or the goal always does something, such as to check
   *     rules
   * @throws BadInputException as a worker would fail with it before its first stage
   */
  public static Optional<List<Event>> of(WorkerRequest request) {
    boolean always = request.goal() == Goal.DOCTOR || new RulesStep(request).isWanted();
    if (always || !request.options().rerun().isEmpty()) {
      return Optional.empty();
    }
    try {
      return upToDate(request);
    } catch (UncheckedIOException | IllegalStateException e) {
      return Optional.empty(); // another build is replacing results: a worker waits for it
    }
  }

  private static Optional<List<Event>> upToDate(WorkerRequest request) {
    Path output = request.outputDirectory();
    FileDigests digests = FileDigests.in(output, request.options().reread());
    List<Event> events = new ArrayList<>();
    StageGraph graph = ExperimentPlan.of(request);
    StageStates states = new StageStates(output, digests, graph);
    for (Stage stage : graph.stages()) {
      StageState state = states.of(stage);
      if (!state.isUpToDate()) {
        return Optional.empty();
      }
      events.add(new Event.StageSkipped(stage.name()));
      state.last().warnings().forEach(warning -> events.add(new Event.Warning(warning)));
    }
    events.addAll(Scores.of(request));
    remember(digests, output);
    return Optional.of(events);
  }

  /** So that files whose times alone changed are not read again. It only saves time. */
  private static void remember(FileDigests digests, Path output) {
    try {
      digests.save(output);
    } catch (BadInputException e) {
      // The directory may be read only: the next run reads these files once more.
    }
  }
}
