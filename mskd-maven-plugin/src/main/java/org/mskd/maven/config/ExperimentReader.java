package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mskd.experiment.Evaluation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.Method;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.Preset;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.experiment.Validation;
import org.mskd.maven.artifact.ModelCoordinates;
import org.mskd.method.MethodChecks;
import org.mskd.problem.BadInputException;

/**
 * Makes the library's records from a configuration. Elements that are not given have the value of
 * the first given teacher, of the preset, or the records' default.
 */
public final class ExperimentReader {
  private final Section root;
  private final ModelFiles models;

  /**
   * A reader of the whole configuration.
   *
   * @param models resolves the artifacts of teachers
   */
  public ExperimentReader(Section root, ModelFiles models) {
    this.root = root;
    this.models = models;
  }

  /** A reader that resolves no artifacts. */
  public ExperimentReader(Section root) {
    this(root, ModelFiles.withoutRepositories());
  }

  /** Whether the POM declares an experiment at all. */
  public boolean declaresExperiment() {
    return root.section("datasets").declared()
        || root.section("teachers").declared()
        || root.section("unlabelled").declared();
  }

  /** Whether the POM or a property declares phantoms. */
  public boolean declaresPhantoms() {
    return root.section("phantoms").declared();
  }

  /**
   * The experiment.
   *
   * @throws org.mskd.problem.BadInputException naming the element that is missing or has an invalid
   *     value
   */
  public Experiment experiment() {
    return NamedElements.of(this::read);
  }

  private Experiment read() {
    List<TeacherFile> teachers = items("teachers", this::teacher);
    Preset preset = root.oneOf("preset", Preset.SOURCE);
    StartingPoint start = StartingPoint.of(teachers, preset.network());
    Preprocessing preprocessing =
        preprocessing(root.section("preprocessing"), start.preprocessing());
    Network network = network(root.section("network"), start.network());
    Training training =
        TrainingReader.read(
            root.section("training"),
            preset.training(),
            start.patchSize(preprocessing, network.neighbours()),
            root.value("preset"));
    List<Section> datasets = root.section("datasets").items();
    List<Method> methods =
        TeachersOnly.of(root)
            ? List.of()
            : MethodsReader.read(root, preset.distillation(!datasets.isEmpty()));
    Experiment experiment =
        new ExperimentBuilder()
            .seed(root.whole("seed", Experiment.DEFAULT_SEED))
            .replicates(root.integer("replicates", 1))
            .datasets(
                items(
                    datasets.stream().filter(set -> !DatasetReader.isMultiOrgan(set)),
                    DatasetReader::singleOrgan))
            .multiOrgan(
                items(
                    datasets.stream().filter(DatasetReader::isMultiOrgan),
                    DatasetReader::multiOrgan))
            .unlabelled(items("unlabelled", ExperimentReader::images))
            .teachers(teachers)
            .testSet(testSet(root.section("testSet")))
            .phantoms(declaresPhantoms() ? Optional.of(readPhantoms()) : Optional.empty())
            .preprocessing(preprocessing)
            .network(network)
            .training(training)
            .methods(methods)
            .initialModels(InitialModelsReader.read(root, methods))
            .teacherOutputs(
                teacherOutputs(
                    root.section("distillation"),
                    TeacherOutputs.defaultFor(training, preprocessing)))
            .evaluation(evaluation())
            .validation(validation(root.section("validation")))
            .build();
    MethodChecks.check(experiment);
    return experiment.toBuilder().rules(RulesReader.read(root, experiment)).build();
  }

  private <T> List<T> items(String list, Function<Section, T> record) {
    return items(root.section(list).items().stream(), record);
  }

  private static <T> List<T> items(Stream<Section> items, Function<Section, T> record) {
    return items.map(item -> item.placed(() -> record.apply(item))).toList();
  }

  /** The declared phantoms; if none are declared, the default ones in {@code target/phantoms}. */
  public Phantoms phantoms() {
    return NamedElements.of(this::readPhantoms);
  }

  private Phantoms readPhantoms() {
    Section section = root.section("phantoms");
    Path directory =
        section
            .value("phantomDirectory")
            .map(value -> value.asPath(section.basedir()))
            .orElse(section.basedir().resolve("target").resolve("phantoms"));
    Phantoms d = Phantoms.defaultsIn(directory);
    return new Phantoms(
        directory,
        section
            .value("phantomOrgans")
            .map(names -> names.asWords("names of organs"))
            .orElse(d.phantomOrgans()),
        section.integer("phantomSubjects", d.phantomSubjects()),
        section.integer("phantomTestSubjects", d.phantomTestSubjects()),
        section.integer("phantomSize", d.phantomSize()),
        section.integer("phantomSlices", d.phantomSlices()),
        section.whole("phantomSeed", d.phantomSeed()));
  }

  private static UnlabelledSource images(Section section) {
    return new UnlabelledSource(
        section.required("name").text(), section.required("directory").asPath(section.basedir()));
  }

  private TeacherFile teacher(Section section) {
    String organ = section.required("organ").text();
    Optional<ModelCoordinates> artifact = artifact(section);
    Optional<Value> model = section.value("model");
    if (artifact.isPresent() && model.isPresent()) {
      throw new BadInputException(
          "<teacher>%s has a <model> and an <artifact>."
              .formatted(section.place().replace(" of <teacher>", "")),
          "Keep one of them.");
    }
    return artifact
        .map(one -> new TeacherFile(organ, models.of(one), one.toString()))
        .orElseGet(
            () -> new TeacherFile(organ, section.required("model").asPath(section.basedir())));
  }

  /** The models that the POM names by coordinates: those of teachers. */
  public List<ModelCoordinates> artifacts() {
    return root.section("teachers").items().stream()
        .flatMap(item -> artifact(item).stream())
        .distinct()
        .toList();
  }

  private static Optional<ModelCoordinates> artifact(Section teacher) {
    return teacher.value("artifact").map(value -> ModelCoordinates.parse(value.text()));
  }

  static Optional<TestSet> testSet(Section section) {
    if (!section.declared()) {
      return Optional.empty();
    }
    return Optional.of(
        new TestSet(
            section.required("directory").asPath(section.basedir()),
            DatasetReader.labels(section),
            DatasetReader.testReading(section)));
  }

  private static Preprocessing preprocessing(Section section, Preprocessing d) {
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

  private static TeacherOutputs teacherOutputs(Section section, TeacherOutputs d) {
    return new TeacherOutputs(
        section.oneOf("teacherOutputs", d.mode()),
        section
            .value("maxStore")
            .map(value -> MemorySize.parseDisk(value).bytes())
            .orElse(d.maxStore()));
  }

  private Evaluation evaluation() {
    return new Evaluation(
        root.section("evaluation")
            .number("surfaceTolerance", Evaluation.DEFAULT.surfaceToleranceMm()),
        ComponentsReader.read(root));
  }

  private static Validation validation(Section section) {
    Validation d = Validation.NONE;
    return new Validation(
        section.number("validationShare", d.share()),
        section
            .value("validationSubjects")
            .map(value -> value.asWords("ids of subjects"))
            .orElse(d.subjects()),
        section.integer("folds", d.folds()),
        section.value("onlyFolds").map(Value::asInts).orElse(d.onlyFolds()));
  }

  private static Neighbours neighbours(Section section, Neighbours d) {
    Neighbours read =
        new Neighbours(
            section.integer("neighbours", d.perSide()),
            section.number("neighbourDistance", d.distance()));
    Optional<Value> distance =
        section.value("neighbourDistance").filter(value -> value.asDouble() > 0);
    if (read.none() && distance.isPresent() && !turnedOff(section, distance.get())) {
      throw new BadInputException(
          "%s is %s, but there are no <neighbours> to lie at that distance."
              .formatted(distance.get().source(), distance.get().text()),
          "Set <neighbours> to 1, 2 or 3, or leave <neighbourDistance> out.");
    }
    return read;
  }

  /** Whether a property turns the neighbours of a POM off, and so its distance too. */
  private static boolean turnedOff(Section section, Value distance) {
    return section
        .value("neighbours")
        .filter(value -> value.origin().overrides(distance.origin()))
        .isPresent();
  }

  private static Network network(Section section, Network d) {
    return new Network(
        section.integer("baseChannels", d.baseChannels()),
        section.integer("depth", d.depth()),
        section.oneOf("normalization", d.normalization()),
        neighbours(section, d.neighbours()),
        section.oneOf("blocks", d.blocks()));
  }
}
