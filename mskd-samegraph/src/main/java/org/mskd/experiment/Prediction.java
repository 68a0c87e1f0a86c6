package org.mskd.experiment;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@code mskd:predict} is to do. Everything else comes from the model.
 *
 * @param model the archive of a student, a teacher or an ensemble
 * @param input a CT volume, or a folder of them
 * @param components components that are kept, by organ; of other organs all
 * @param probabilities whether a volume of probabilities is written per organ
 * @param batchSize slices that the network runs at once
 */
public record Prediction(
    Path model, Path input, List<KeptComponents> components, boolean probabilities, int batchSize) {
  public Prediction {
    Checks.present("model", model);
    Checks.present("input", input);
    components = List.copyOf(components);
    Checks.within("batchSize", batchSize, 1, 4096);
  }
}
