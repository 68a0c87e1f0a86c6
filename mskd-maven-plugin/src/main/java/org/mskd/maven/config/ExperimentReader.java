package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;

/**
 * Makes the library's records from a configuration; what is not given is taken from the records'
 * own defaults.
 */
public final class ExperimentReader {
  private final Section root;

  /** A reader of the whole configuration. */
  public ExperimentReader(Section root) {
    this.root = root;
  }

  /** Whether the POM declares an experiment at all. */
  public boolean declaresExperiment() {
    return root.section("datasets").declared();
  }

  /**
   * The experiment.
   *
   * @throws org.mskd.problem.BadInputException naming the element that is missing or impossible
   */
  public Experiment experiment() {
    return new Experiment(
        root.whole("seed", Experiment.DEFAULT_SEED),
        root.section("datasets").items().stream().map(ExperimentReader::dataset).toList(),
        List.of(),
        List.of(),
        testSet(root.section("testSet")),
        root.section("phantoms").declared() ? Optional.of(phantoms()) : Optional.empty(),
        preprocessing(root.section("preprocessing")),
        network(root.section("network")),
        training(root.section("training")),
        List.of(Method.whole(distillation(root.section("distillation")))));
  }

  /**
   * The phantoms that are declared; the default ones, in {@code target/phantoms}, where none are.
   */
  public Phantoms phantoms() {
    Section section = root.section("phantoms");
    Path directory =
        section
            .value("phantomDirectory")
            .map(value -> value.asPath(section.basedir()))
            .orElse(section.basedir().resolve("target").resolve("phantoms"));
    Phantoms d = Phantoms.defaultsIn(directory);
    return new Phantoms(
        directory,
        section.value("phantomOrgans").map(Value::asWords).orElse(d.phantomOrgans()),
        section.integer("phantomSubjects", d.phantomSubjects()),
        section.integer("phantomTestSubjects", d.phantomTestSubjects()),
        section.integer("phantomSize", d.phantomSize()),
        section.integer("phantomSlices", d.phantomSlices()),
        section.whole("phantomSeed", d.phantomSeed()));
  }

  private static DatasetSource dataset(Section section) {
    return new DatasetSource(
        section.required("organ").text(),
        section.required("directory").asPath(section.basedir()),
        section.value("labelValues").map(Value::asInts).orElse(DatasetSource.DEFAULT_LABEL_VALUES));
  }

  private static Optional<TestSet> testSet(Section section) {
    if (!section.declared()) {
      return Optional.empty();
    }
    List<OrganLabel> labels =
        section.section("labels").items().stream()
            .map(
                label ->
                    new OrganLabel(label.required("organ").text(), label.required("value").asInt()))
            .toList();
    return Optional.of(
        new TestSet(section.required("directory").asPath(section.basedir()), labels));
  }

  private static Preprocessing preprocessing(Section section) {
    Preprocessing d = Preprocessing.DEFAULT;
    List<Double> window =
        section
            .value("window")
            .map(ExperimentReader::window)
            .orElse(List.of(d.windowLow(), d.windowHigh()));
    return new Preprocessing(
        section.integer("sliceSize", d.sliceSize()),
        window.get(0),
        window.get(1),
        section.value("targetSpacing").map(Value::asDoubles).orElse(d.targetSpacing()));
  }

  private static List<Double> window(Value value) {
    List<Double> bounds = value.asDoubles();
    if (bounds.size() != 2) {
      throw value.notAllowed("two numbers in HU, the lower first, such as -125 275");
    }
    return bounds;
  }

  private static Network network(Section section) {
    Network d = Network.DEFAULT;
    return new Network(
        section.integer("baseChannels", d.baseChannels()),
        section.integer("depth", d.depth()),
        section
            .value("normalization")
            .map(ExperimentReader::normalization)
            .orElse(d.normalization()));
  }

  private static Normalization normalization(Value value) {
    return switch (value.text().toLowerCase(Locale.ROOT)) {
      case "instance" -> Normalization.INSTANCE;
      case "none" -> Normalization.NONE;
      default -> throw value.notAllowed("instance or none");
    };
  }

  private static Training training(Section section) {
    Training d = Training.DEFAULT;
    return new Training(
        section.integer("batchSize", d.batchSize()),
        section.integer("iterationsPerEpoch", d.iterationsPerEpoch()),
        section.integer("epochs", d.epochs()),
        section.number("learningRate", d.learningRate()),
        section.number("annotatedFraction", d.annotatedFraction()),
        d.patchSize(),
        new Plateau(
            section.number("plateauFactor", d.plateau().factor()),
            d.plateau().patience(),
            section.number("plateauThreshold", d.plateau().threshold()),
            d.plateau().signal()),
        d.adam(),
        section.flag("augmentation", d.augments()) ? 1 : 0);
  }

  private static Distillation distillation(Section section) {
    Distillation d = Distillation.DEFAULT;
    return d.withBackgroundWeight(section.number("backgroundWeight", d.backgroundWeight()))
        .withFeatureWeight(section.number("featureWeight", d.featureWeight()))
        .withTemperature(section.number("temperature", d.temperature()))
        .withFeatures(
            d.features()
                .atLevels(
                    section
                        .value("featureLevel")
                        .map(Value::asInts)
                        .orElse(d.features().levels())));
  }
}
