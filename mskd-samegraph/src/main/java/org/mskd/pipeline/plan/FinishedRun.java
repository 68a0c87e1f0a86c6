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
 * Finds out without a worker whether all stages are up to date. It loads no tensors, so it runs in
 * Maven's JVM, where no backend is on the class path. It holds no lock: if another build replaces
 * results meanwhile, a stage is found not to be up to date, and the worker waits for that build.
 */
public final class FinishedRun {
  private FinishedRun() {}

  /**
   * The events of a run in which all stages are up to date.
   *
   * @param request the request that a worker would get
   * @return empty if a stage has to be run, or if the goal always needs a worker, such as one that
   *     checks rules, exports models, or data with errors
   * @throws BadInputException if a worker would fail before its first stage
   */
  public static Optional<List<Event>> of(WorkerRequest request) {
    if (request.goal() == Goal.EXPORT) {
      ExportInputs.check(request);
      return Optional.empty();
    }
    boolean always =
        request.goal() == Goal.DOCTOR
            || request.goal() == Goal.REPORT
            || new RulesStep(request).isWanted();
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
    if (new DataReport(request).fails()) {
      return Optional.empty();
    }
    events.addAll(Scores.of(request));
    saveDigests(digests, output);
    return Optional.of(events);
  }

  /** Saves the digests, so that files of which only the time changed are not read again. */
  private static void saveDigests(FileDigests digests, Path output) {
    try {
      digests.save(output);
    } catch (BadInputException e) {
      // The directory may be read-only. The next run then reads these files again.
    }
  }
}
