package org.mskd.pipeline.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.InitialModel;
import org.mskd.method.Methods;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.WeightShapes;
import org.mskd.problem.BadInputException;

/**
 * The models that trainings begin with. Each must have the network and the organs of the one that
 * is trained; the preprocessing, the method and the data may be others.
 */
public final class InitialModels {
  private final Experiment experiment;

  public InitialModels(Experiment experiment) {
    this.experiment = experiment;
  }

  /**
   * Checks all of them before any training.
   *
   * @throws BadInputException naming the first file that cannot be used, and what differs
   */
  public void check() {
    experiment.initialModels().forEach(this::read);
  }

  /**
   * Reads one.
   *
   * @throws BadInputException if it is missing, damaged, or of another network
   */
  public Model read(InitialModel declared) {
    Path file = declared.model();
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          "%s is missing or not a file; it should be the initial model of %s."
              .formatted(file, declared.name()),
          "Correct that <initialModel>, or put the file there.");
    }
    Model model = ModelArchive.read(file);
    List<String> differences = differences(model.card(), declared);
    new WeightShapes(model.card().architecture())
        .objection(model.tensors())
        .ifPresent(objection -> differences.add("damaged weights: " + objection));
    if (!differences.isEmpty()) {
      throw new BadInputException(
          "%s, the initial model of %s, has %s."
              .formatted(file, declared.name(), String.join(", ", differences)),
          "Give a model of the same network and organs, in the same order, or leave out that"
              + " <initialModel>.");
    }
    return model;
  }

  private List<String> differences(ModelCard card, InitialModel declared) {
    List<String> organs = organs(declared);
    List<String> differences = new ArrayList<>();
    add(differences, "organs", card.organs(), organs);
    add(differences, "network", card.architecture().name(), architecture(declared, organs).name());
    Map<String, Object> own = new TreeMap<>(ExperimentJson.plain(card.network()));
    ExperimentJson.plain(experiment.network())
        .forEach((part, value) -> add(differences, part, own.get(part), value));
    return differences;
  }

  private static void add(List<String> differences, String part, Object found, Object declared) {
    if (!declared.equals(found)) {
      differences.add("%s %s (declared: %s)".formatted(part, found, declared));
    }
  }

  private List<String> organs(InitialModel declared) {
    return experiment.organs().stream()
        .filter(declared::isOfTeacher)
        .findFirst()
        .map(List::of)
        .orElse(experiment.organs());
  }

  private Architecture architecture(InitialModel declared, List<String> organs) {
    return experiment.methods().stream()
        .filter(method -> declared.isOfStudent(method.name()))
        .map(method -> Methods.installed().of(method).method())
        .map(method -> method.architecture(experiment.network(), organs.size()))
        .findFirst()
        .orElse(UNet2d.of(experiment.network(), organs.size() + 1));
  }
}
