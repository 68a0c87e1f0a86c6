package org.mskd.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * The {@link Training} settings in the record of a trained model, which an earlier version may have
 * written: a component that it did not have yet has its default, which is how that version trained.
 */
public final class RecordedTraining {
  /** The components that every version records. */
  private static final Set<String> ALWAYS =
      Set.of(
          "batchSize",
          "iterationsPerEpoch",
          "epochs",
          "learningRate",
          "annotatedFraction",
          "patchSize",
          "schedule",
          "optimizer",
          "augmentationStrength");

  private RecordedTraining() {}

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException where the text is no JSON object, or not one of settings
   * @throws org.mskd.problem.BadInputException where a value is not allowed
   */
  public static Training read(String text) {
    ObjectNode found = ExperimentJson.read(text, ObjectNode.class);
    if (found == null) {
      throw new IllegalArgumentException("not settings of a training: " + text);
    }
    rename(found, "plateau", "schedule");
    rename(found, "adam", "optimizer");
    ObjectNode defaults =
        ExperimentJson.read(ExperimentJson.write(Training.DEFAULT), ObjectNode.class);
    defaults.properties().stream()
        .filter(component -> !ALWAYS.contains(component.getKey()))
        .filter(component -> !found.has(component.getKey()))
        .forEach(component -> found.set(component.getKey(), component.getValue()));
    return ExperimentJson.read(found.toString(), Training.class);
  }

  /** A component that was named by the only kind that there was. */
  private static void rename(ObjectNode settings, String kind, String component) {
    if (settings.remove(kind) instanceof ObjectNode options) {
      settings.set(component, options.put("type", kind));
    }
  }
}
