package org.mskd.pipeline.plan;

import org.mskd.dataset.PredictionInput;
import org.mskd.model.ModelArchive;
import org.mskd.pipeline.models.TrainedModels;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.ExportOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;

/** What an export needs, checked before a worker is started. */
final class ExportInputs {
  private ExportInputs() {}

  /**
   * Checks the request.
   *
   * @throws BadInputException if a model, or the scan for the check, is missing or damaged
   */
  static void check(WorkerRequest request) {
    ExportOptions options =
        request
            .export()
            .orElseThrow(() -> new BadInputException("<export> is missing.", "Name a model."));
    options.model().ifPresent(ModelArchive::readCard);
    if (options.model().isEmpty()) {
      new TrainedModels(
              request.experiment().orElseThrow(), new ExperimentFolders(request.outputDirectory()))
          .select(options.names());
    }
    options.input().ifPresent(PredictionInput::scans);
  }
}
