package org.mskd.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.architecture.Architecture;
import org.mskd.experiment.Network;
import org.mskd.experiment.Preprocessing;

/** The fields of {@code model.json} beside {@code schema}, as {@link ModelCard} explains them. */
record ModelCardDocument(
    String architecture,
    ModelKind kind,
    Network network,
    int inputChannels,
    int outputs,
    int passes,
    List<String> organs,
    Preprocessing preprocessing,
    int inputSize,
    long seed,
    SortedMap<String, String> provenance,
    List<Map<String, Object>> subjects,
    Optional<Publication> publication) {

  static ModelCardDocument of(ModelCard card) {
    return new ModelCardDocument(
        card.architecture().name(),
        card.kind(),
        card.network(),
        card.inputChannels(),
        card.outputs(),
        card.passes(),
        card.organs(),
        card.preprocessing(),
        card.inputSize(),
        card.seed(),
        card.provenance(),
        card.subjects(),
        card.publication());
  }

  /**
   * @throws IllegalArgumentException where the fields do not make a card
   */
  ModelCard card() {
    if (organs == null) {
      throw new IllegalArgumentException("organs are missing");
    }
    Architecture found = Architecture.of(architecture, network, inputChannels, organs.size());
    require("outputs", outputs, found.outputs());
    require("passes", passes, found.passes());
    return new ModelCard(
        kind, found, organs, preprocessing, inputSize, seed, provenance, subjects, publication);
  }

  private void require(String field, int declared, int needed) {
    if (declared != needed) {
      throw new IllegalArgumentException(
          "%s is %d; in a %s %d organs need %d"
              .formatted(field, declared, architecture, organs.size(), needed));
    }
  }
}
