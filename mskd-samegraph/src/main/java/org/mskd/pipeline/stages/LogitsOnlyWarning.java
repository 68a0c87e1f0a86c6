package org.mskd.pipeline.stages;

import java.util.Optional;
import org.mskd.code.ResultNeutral;
import org.mskd.experiment.FeatureTerms;
import org.mskd.pipeline.models.ExperimentModels;
import org.mskd.pipeline.stage.StageProgress;

/** Warns of each teacher whose features are left out of the loss. */
final class LogitsOnlyWarning {
  private LogitsOnlyWarning() {}

  /**
   * @param features that are compared; empty for none
   */
  @ResultNeutral
  static void give(
      ExperimentModels models, Optional<FeatureTerms> features, StageProgress progress) {
    models
        .objections(features)
        .forEach(
            (organ, why) ->
                progress.warn(
                    "The teacher of %s has %s: its features are not compared, its logits are."
                        .formatted(organ, why)));
  }
}
