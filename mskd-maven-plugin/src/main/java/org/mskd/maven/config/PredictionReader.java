package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mskd.experiment.Prediction;
import org.mskd.experiment.Training;
import org.mskd.problem.BadInputException;

/** Reads what {@code mskd:predict} is to do. */
public final class PredictionReader {
  /** The properties of other goals that affect predictions too. */
  private static final Set<String> SHARED =
      Set.of(
          "components",
          "batchSize",
          "threads",
          "backend",
          "maxHeap",
          "maxOffHeap",
          "nativesCache",
          "argLine",
          "rerun",
          "reread",
          "trustedKeys",
          "skip");

  /** The default folder of the predictions, in the project's or in the working directory. */
  private static final String OUTPUT = "predictions";

  private final Section section;
  private final Section root;
  private final ModelFiles models;

  /**
   * A reader of the whole configuration.
   *
   * @param models resolves a model that is named by coordinates
   */
  public PredictionReader(Section root, ModelFiles models) {
    this.root = root;
    this.models = models;
    this.section = root.section("prediction");
  }

  /**
   * Model, scans and options.
   *
   * @throws BadInputException naming what is missing or has an invalid value
   */
  public Prediction prediction() {
    return NamedElements.of(
        () ->
            new Prediction(
                models.of(
                    required(
                        "model",
                        "the model.mskd of a student, a teacher or an ensemble, or the coordinates"
                            + " of one"),
                    section.basedir()),
                path("input", "a NIfTI file, or a folder of them"),
                ComponentsReader.read(root),
                section.flag("probabilities", false),
                root.section("training").integer("batchSize", Training.DEFAULT.batchSize())));
  }

  /** The folder of the predictions. */
  public Path output() {
    return section
        .value("output")
        .map(value -> value.asPath(section.basedir()))
        .orElseGet(() -> section.basedir().resolve(OUTPUT));
  }

  /** The given properties that do not affect predictions, such as {@code -Dmskd.window}. */
  public static List<String> ignored(MskdProperties properties) {
    return properties.names().stream()
        .filter(name -> !SHARED.contains(name) && Schema.goalsOf(name).isEmpty())
        .map(Schema::userProperty)
        .toList();
  }

  private Path path(String name, String meaning) {
    return required(name, meaning).asPath(section.basedir());
  }

  private Value required(String name, String meaning) {
    return section
        .value(name)
        .orElseThrow(
            () ->
                new BadInputException(
                    "<" + name + "> is missing.",
                    "Give " + Schema.userProperty(name) + "=...: " + meaning + "."));
  }
}
