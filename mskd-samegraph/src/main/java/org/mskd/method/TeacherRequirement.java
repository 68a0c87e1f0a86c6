package org.mskd.method;

import java.util.Optional;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Regions;

/**
 * Which outputs of the teachers a method needs.
 *
 * @param features the features that are compared; empty for logits alone
 * @param regions where the features count
 */
public record TeacherRequirement(Optional<FeatureTerms> features, Regions regions) {
  /** The logits alone. */
  public static TeacherRequirement logits() {
    return new TeacherRequirement(Optional.empty(), Regions.DEFAULT);
  }

  /** As the settings of a loss that needs just this. */
  public Distillation asSettings() {
    Distillation settings = Distillation.DEFAULT.withRegions(regions);
    return features.map(settings::withFeatures).orElseGet(() -> settings.withFeatureWeight(0));
  }
}
