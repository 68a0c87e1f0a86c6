package org.mskd.pipeline.plan;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.ForcedStages;
import org.mskd.pipeline.stage.StageForecast;
import org.mskd.pipeline.stage.StageForecasts;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.problem.BadInputException;

/** What a run of a request would do, stage by stage. Needs no worker and no tensors. */
public final class ExperimentStatus {
  private ExperimentStatus() {}

  /**
   * The stages in the order of the plan.
   *
   * @param request the request that a worker would get
   * @throws BadInputException if a run would fail before its first stage, or if another build
   *     replaces results meanwhile
   */
  public static List<StageForecast> of(WorkerRequest request) {
    Path output = request.outputDirectory();
    FileDigests digests = FileDigests.in(output, request.options().reread());
    StageGraph graph = ExperimentPlan.of(request);
    Set<String> forced = ForcedStages.of(request.options().rerun(), graph.stages());
    try {
      return new StageForecasts(output, digests, graph, forced, ResultCaches.existing(request))
          .all();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new BadInputException(
          "The files in " + output + " changed while they were read.",
          "Another build may be writing there: run mskd:status again when it is done.",
          e);
    }
  }
}
