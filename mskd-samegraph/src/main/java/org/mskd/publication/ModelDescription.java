package org.mskd.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.file.Sha256;
import org.mskd.model.Model;
import org.mskd.model.ModelEnsemble;
import org.mskd.model.WeightShapes;
import org.mskd.problem.BadInputException;

/**
 * What a model file is, all of which was checked: the list and the checksums of its entries, its
 * cards, and the names, shapes and values of its weights.
 *
 * @param file its name, without the folder
 * @param bytes its length
 * @param sha256 of the file
 * @param models one, or the members of an ensemble
 */
public record ModelDescription(
    String file, long bytes, String sha256, List<DescribedModel> models) {
  public ModelDescription {
    models = List.copyOf(models);
  }

  /**
   * Reads and checks a file.
   *
   * @throws BadInputException if it is missing, damaged, or its weights are not those of the
   *     network in its card
   */
  public static ModelDescription of(Path file) {
    List<DescribedModel> models = new ArrayList<>();
    for (Model model : ModelEnsemble.read(file)) {
      new WeightShapes(model.card().architecture())
          .objection(model.tensors())
          .ifPresent(
              objection -> {
                throw new BadInputException(
                    "%s does not hold the weights of the network in its model card: %s."
                        .formatted(file, objection),
                    "Take a fresh copy of it.");
              });
      models.add(new DescribedModel(model.card(), model.digest(), model.tensors().size()));
    }
    try {
      return new ModelDescription(
          file.getFileName().toString(), Files.size(file), Sha256.of(file), models);
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read: " + e.getMessage() + ".", "Check that it is there.", e);
    }
  }
}
