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
   * What prevents the comparison.
   *
   * @param why a clause such as {@code baseChannels 8 (student: 16)}
   * @param remedy what to declare, as an imperative, so that features can be compared
   */
  record Objection(String why, String remedy) {}

  /** What prevents the comparison; empty if nothing does. */
  Optional<Objection> objection(ModelCard teacher, FeatureTerms features) {
    Network network = teacher.network();
    int channels = experiment.network().baseChannels();
    if (network.baseChannels() != channels) {
      return Optional.of(
          new Objection(
              "baseChannels %d (student: %d)".formatted(network.baseChannels(), channels),
              "Set <baseChannels=%d>, as for the first of them".formatted(network.baseChannels())));
    }
    if (features.deepest() > network.depth()) {
      return Optional.of(
          new Objection(
              "depth %d (compared: level %d)".formatted(network.depth(), features.deepest()),
              "Set <featureLevel=%d>, as for the first of them (a method whose name has a level, such as mskd-level-3, must be left out)"
                  .formatted(network.depth())));
    }
    boolean tiled =
        teacher.inputSize() < teacher.preprocessing().sliceSize()
            && !experiment.training().crops(experiment.preprocessing());
    return tiled
        ? Optional.of(
            new Objection(
                "patchSize %d (slices: %d)"
                    .formatted(teacher.inputSize(), teacher.preprocessing().sliceSize()),
                "Give teachers of whole slices"))
        : Optional.empty();
  }
}
