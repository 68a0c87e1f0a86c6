package org.mskd.maven.config;

import java.nio.file.Path;
import org.mskd.experiment.Evaluation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Prediction;
import org.mskd.experiment.Scoring;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.problem.BadInputException;

/** Reads what {@code mskd:evaluate} of a given model is to do. */
public final class ScoringReader {
  private static final String ENDING = "-evaluation";

  private final Section root;
  private final ModelFiles models;

  /**
   * A reader of the whole configuration.
   *
   * @param models resolves a model that is named by coordinates
   */
  public ScoringReader(Section root, ModelFiles models) {
    this.root = root;
    this.models = models;
  }

  /** Whether a model is given; if not, those of the experiment are evaluated. */
  public boolean hasModel() {
    return root.userProperty("model").isPresent();
  }

  /** Whether a test set is declared. */
  public boolean declaresTestSet() {
    return root.section("testSet").declared();
  }

  /**
   * The folder of predictions and scores.
   *
   * @param experiment the output directory of the experiment, beside which it lies by default
   */
  public Path output(Path experiment) {
    return root.userProperty("output")
        .map(value -> value.asPath(root.basedir()))
        .orElseGet(() -> experiment.resolveSibling(experiment.getFileName() + ENDING));
  }

  /**
   * Test set and options of the scores.
   *
   * @throws BadInputException naming what is missing or has an invalid value
   */
  public Scoring scoring() {
    return NamedElements.of(
        () ->
            new Scoring(
                testSet(),
                root.section("evaluation")
                    .number("surfaceTolerance", Evaluation.DEFAULT.surfaceToleranceMm()),
                root.whole("seed", Experiment.DEFAULT_SEED)));
  }

  private TestSet testSet() {
    return ExperimentReader.testSet(root.section("testSet"))
        .orElseThrow(
            () ->
                new BadInputException(
                    "<testSet> is missing.",
                    "Declare a <testSet> with a <directory> and its <labels>."));
  }

  /**
   * Model, scans and options of the predictions.
   *
   * @throws BadInputException as {@link #scoring}, or if the model cannot be resolved
   */
  public Prediction prediction() {
    Path model = models.of(root.userProperty("model").orElseThrow(), root.basedir());
    return NamedElements.of(
        () ->
            new Prediction(
                model,
                testSet().directory().resolve("imagesTs"),
                ComponentsReader.read(root),
                false,
                root.section("training").integer("batchSize", Training.DEFAULT.batchSize())));
  }
}
