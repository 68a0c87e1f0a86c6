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
 * @param temperature that the loss divides logits by; the outputs outside of a slice are as certain
 *     at every temperature
 */
public record TeacherRequirement(
    Optional<FeatureTerms> features, Regions regions, double temperature) {
  /** The logits alone, at a temperature of 1. */
  public static TeacherRequirement logits() {
    return logits(1);
  }

  /** The logits alone. */
  public static TeacherRequirement logits(double temperature) {
    return new TeacherRequirement(Optional.empty(), Regions.DEFAULT, temperature);
  }

  /** As the settings of a loss that needs just this. */
  public Distillation asSettings() {
    Distillation settings = Distillation.DEFAULT.withRegions(regions).withTemperature(temperature);
    return features.map(settings::withFeatures).orElseGet(() -> settings.withFeatureWeight(0));
  }
}
