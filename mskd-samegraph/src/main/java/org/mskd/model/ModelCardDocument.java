package org.mskd.model;

import java.util.List;
import java.util.Map;
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
    List<Map<String, Object>> subjects) {

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
        card.subjects());
  }

  /**
   * @throws IllegalArgumentException where the fields do not make a card
   */
  ModelCard card() {
    return new ModelCard(
        kind,
        Architecture.of(architecture, network, inputChannels, outputs),
        passes,
        organs,
        preprocessing,
        inputSize,
        seed,
        provenance,
        subjects);
  }
}
