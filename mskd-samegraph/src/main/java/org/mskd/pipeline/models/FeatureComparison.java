package org.mskd.pipeline.models;

import java.util.Optional;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Network;
import org.mskd.model.ModelCard;

/**
 * Whether features of a given teacher can be compared with the student's: that takes equal numbers
 * of channels, so equal base channels, all compared levels, and features of whole slices.
 * Normalisation, deeper levels and preprocessing may differ.
 */
record FeatureComparison(Experiment experiment) {
  /**
   * What prevents the comparison: a clause such as {@code baseChannels 8 (student: 16)}; empty if
   * nothing does.
   */
  Optional<String> objection(ModelCard teacher, FeatureTerms features) {
    Network network = teacher.network();
    int channels = experiment.network().baseChannels();
    if (network.baseChannels() != channels) {
      return Optional.of(
          "baseChannels %d (student: %d)".formatted(network.baseChannels(), channels));
    }
    if (features.deepest() > network.depth()) {
      return Optional.of(
          "depth %d (compared: level %d)".formatted(network.depth(), features.deepest()));
    }
    boolean tiled =
        teacher.inputSize() < teacher.preprocessing().sliceSize()
            && !experiment.training().crops(experiment.preprocessing());
    return tiled
        ? Optional.of(
            "patchSize %d (slices: %d)"
                .formatted(teacher.inputSize(), teacher.preprocessing().sliceSize()))
        : Optional.empty();
  }
}
