package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.InitialModel;
import org.mskd.file.Sha256;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.Tensor;
import org.mskd.pipeline.models.InitialModels;
import org.mskd.pipeline.stage.Input;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.problem.BadInputException;
import org.mskd.training.NetworkWeights;
import org.mskd.training.Trainer;

/**
 * The weights that a training begins with if a model is given for it.
 *
 * @param network the name of the network that is trained, such as {@code teacher liver}
 */
record InitialWeights(Experiment experiment, String network) {
  private static final String INPUT = "initialModel";

  /** Adds the file as an input. */
  StageSpec in(StageSpec spec) {
    return experiment
        .initialModel(network)
        .map(file -> spec.with(INPUT, new Input.UserFile(file)))
        .orElse(spec);
  }

  /**
   * The weights by name; empty without a model.
   *
   * @param inputs of the run
   * @throws BadInputException if the file cannot be used, or changed since the run began
   */
  Map<String, Tensor> read(SortedMap<String, String> inputs) {
    return experiment.initialModel(network).map(file -> read(file, inputs)).orElse(Map.of());
  }

  private Map<String, Tensor> read(Path file, SortedMap<String, String> inputs) {
    Model model = new InitialModels(experiment).read(new InitialModel(network, file));
    if (!Sha256.of(file).equals(inputs.get(INPUT))) {
      throw new BadInputException(
          "%s, the initial model of %s, changed during the run.".formatted(file, network),
          "Run the same goal again.");
    }
    return model.tensors();
  }

  /**
   * Checks that a training method has used the weights.
   *
   * @param initial as of {@link #read}
   * @throws BadInputException if it has not
   */
  void requireIn(Trainer trainer, Map<String, Tensor> initial) {
    Map<String, Tensor> found = new TreeMap<>();
    NetworkWeights.of(trainer.models().get(0).session())
        .forEach(tensor -> found.put(tensor.name(), tensor));
    if (!found.entrySet().containsAll(initial.entrySet())) {
      throw new BadInputException(
          "The training method of %s does not begin with the weights of a given model."
              .formatted(network),
          "Leave out its <initialModel>.");
    }
  }

  /** The subjects that the given model was trained on; none without one. */
  List<Map<String, Object>> subjects() {
    return experiment
        .initialModel(network)
        .map(file -> ModelArchive.readCard(file).subjects())
        .orElse(List.of());
  }
}
