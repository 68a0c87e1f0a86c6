package org.mskd.maven.config;

import static java.util.stream.Collectors.joining;
import static org.mskd.maven.config.Element.group;
import static org.mskd.maven.config.Element.list;
import static org.mskd.maven.config.Element.listed;
import static org.mskd.maven.config.Element.map;
import static org.mskd.maven.config.Element.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mskd.experiment.AugmentationKind;
import org.mskd.experiment.Blocks;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Preset;
import org.mskd.experiment.ReportImages;
import org.mskd.method.Methods;
import org.mskd.method.MskdMethod;
import org.mskd.method.TrainingMethod;
import org.mskd.option.Option;

/** Every element of the plugin's configuration. */
final class Schema {
  /** Prefix of a property's name: {@code -Dmskd.epochs}. */
  static final String PREFIX = "mskd.";

  /**
   * Properties that not all goals have, by goal. Only those of {@code predict} are elements of a
   * POM too.
   */
  static final Map<String, List<String>> OF_ONE_GOAL =
      Map.of(
          "export",
          List.of("export", "exportCheck", "model", "input", "output"),
          "evaluate",
          List.of("model", "output"),
          "init",
          List.of("data", "pom"),
          "compare",
          List.of("runs", "report"),
          "describe",
          List.of("model", "json"),
          "reproduce",
          List.of("lock", "tolerance"),
          "resolve",
          List.of("classifiers"),
          "predict",
          List.of("model", "input", "output", "probabilities"));

  // How the help names the types of values.
  private static final String INTEGER = "integer";
  private static final String NUMBER = "number";
  private static final String INTEGERS = "integers, separated by blanks";
  private static final String NUMBERS = "numbers, separated by blanks";
  private static final String WORDS = "words, separated by blanks or commas";
  private static final String FLAG = "true|false";
  private static final String TEXT = "text";
  private static final String SIZE = "size such as 2g";
  private static final String FILE = "file";
  private static final String FOLDER = "folder";

  static final Element ROOT =
      group(
          "configuration",
          value("preset", words(Preset.class), "source"),
          value("seed", INTEGER, "2021"),
          value("replicates", INTEGER, "1"),
          value("threads", INTEGER, "all processors"),
          value("backend", TEXT, "auto"),
          value(
              "maxHeap", SIZE, "a sixth of the memory, less for more than two trainings at a time"),
          value("maxOffHeap", SIZE, "half of the memory, divided by parallel"),
          value("nativesCache", FOLDER, ".javacpp/cache in the home folder"),
          value("argLine", TEXT),
          list("jvmArguments", "jvmArgument"),
          map("environment"),
          map("jdkToolchain"),
          value("checkpointEvery", INTEGER, "250"),
          value("parallel", INTEGER, "1"),
          value("keep", INTEGER, "1"),
          value("cacheDirectory", FOLDER, "none"),
          value("cacheSize", SIZE, "20g"),
          value("rerun", WORDS),
          value("reread", FLAG, "false"),
          value("lockNames", FLAG, "false"),
          value("trustedKeys", FILE, "none"),
          value("reportImages", words(ReportImages.class), "strips"),
          value("reportSize", SIZE, "100m"),
          value("skip", FLAG, "false"),
          value("outputDirectory", FOLDER, "target/mskd"),
          list(
              "datasets",
              "dataset",
              listed("organ"),
              listed("directory"),
              listed("labelValues"),
              listed("name"),
              list("imageDirectories", "imageDirectory"),
              listed("labelDirectory"),
              labels(),
              listed("backgroundValues"),
              listed("labelGrid"),
              listed("initialModel")),
          list("teachers", "teacher", listed("organ"), listed("model"), listed("artifact")),
          list("unlabelled", "images", listed("name"), listed("directory")),
          group(
              "testSet",
              value("directory", FOLDER).withProperty("testSetDirectory"),
              labels(),
              listed("backgroundValues"),
              listed("ignoreValues"),
              listed("labelGrid")),
          group(
              "phantoms",
              value("phantomDirectory", FOLDER, "target/phantoms"),
              value("phantomOrgans", WORDS, "liver spleen kidney pancreas"),
              value("phantomSubjects", INTEGER, "8"),
              value("phantomTestSubjects", INTEGER, "4"),
              value("phantomSize", INTEGER, "128"),
              value("phantomSlices", INTEGER, "32"),
              value("phantomSeed", INTEGER, "2021")),
          group(
              "validation",
              value("validationShare", NUMBER, "0"),
              value("validationSubjects", WORDS, "none"),
              value("folds", INTEGER, "5"),
              value("onlyFolds", INTEGERS, "all")),
          group(
              "preprocessing",
              value("sliceSize", INTEGER, "512"),
              value("window", NUMBERS, "-125 275"),
              value("targetSpacing", NUMBERS, "none")),
          group(
              "network",
              value("baseChannels", INTEGER, "32"),
              value("depth", INTEGER, "4"),
              value("normalization", words(Normalization.class), "instance"),
              value("neighbours", INTEGER, "0"),
              value("neighbourDistance", NUMBER, "0"),
              value("blocks", words(Blocks.class), "plain")),
          group(
              "training",
              value("batchSize", INTEGER, "4"),
              value("iterationsPerEpoch", INTEGER, "250"),
              value("epochs", INTEGER, "4"),
              value("studentEpochs", INTEGER, "0"),
              value("learningRate", NUMBER, "3e-4"),
              value("warmupIterations", INTEGER, "0"),
              value("schedule", "plateau|polynomial|cosine", "plateau"),
              value("annotatedFraction", NUMBER, "0.33"),
              value("patchSize", INTEGER, "0"),
              value("plateauFactor", NUMBER, "0.8"),
              value("plateauPatience", INTEGER, "0"),
              value("plateauThreshold", NUMBER, "1e-3"),
              value("plateauSignal", words(PlateauSignal.class), "epoch"),
              value("optimizer", "adam|sgd", "adam"),
              value("amsgrad", FLAG, "false"),
              value("momentum", NUMBER, "0.99"),
              value("weightDecay", NUMBER, "0"),
              value("gradientClipping", NUMBER, "0"),
              value("weightAverage", NUMBER, "0"),
              value("augmentation", FLAG, "true"),
              value("augmentationStrength", NUMBER, "1"),
              value("augmentationKind", words(AugmentationKind.class), "light"),
              value("deepSupervision", FLAG, "false")),
          group("distillation", distillation()),
          group(
              "evaluation",
              value("surfaceTolerance", NUMBER, "2"),
              value("components", WORDS, "all")),
          // The property selects students by name: -Dmskd.methods=mskd,mskd-logits.
          list("methods", "method", method()).withProperty(),
          value("teachersOnly", FLAG, "false"),
          value("mainModel", TEXT),
          value("attachReport", FLAG, "false"),
          group(
              "prediction",
              value("model", FILE),
              value("input", FILE),
              value("output", FOLDER),
              value("probabilities", FLAG, "false")),
          group(
              "publication",
              value("datasetNames", FLAG, "false"),
              value("dataLicense", TEXT, "none"),
              value("dataLicenseFile", FILE, "none")),
          list(
              "rules",
              "rule",
              listed("metric"),
              listed("organ"),
              listed("method"),
              listed("minimum"),
              listed("maximum"),
              listed("betterThan"),
              listed("notWorseThan"),
              listed("by")));

  private Schema() {}

  private static Element labels() {
    return list("labels", "label", listed("organ"), listed("value"));
  }

  /** The options of MS-KD for all its students, and those of stored teacher outputs. */
  private static Element[] distillation() {
    List<Element> elements = new ArrayList<>();
    for (Option<?> option : Methods.installed().named(MskdMethod.ID).options()) {
      elements.add(value(option.name(), option.type().allowed(), option.defaultText()));
    }
    elements.add(value("teacherOutputs", "stored|live", "stored"));
    elements.add(value("maxStore", SIZE, "8g"));
    return elements.toArray(Element[]::new);
  }

  /** An enumeration's constants as they are given. */
  private static String words(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Value::word).collect(joining("|"));
  }

  /**
   * The options of all training methods, of which a student may have those of its type, and what is
   * no option of a method.
   */
  private static Element[] method() {
    Set<String> names = new LinkedHashSet<>(List.of("name", "type", "initialModel"));
    Methods.installed().students().forEach(method -> names.addAll(optionsOf(method)));
    return names.stream().map(Element::listed).toArray(Element[]::new);
  }

  static List<String> optionsOf(TrainingMethod method) {
    return method.options().stream().map(Option::name).toList();
  }

  /**
   * The property that sets an option for all students of a method: {@code featureWeight} for MS-KD,
   * whose options are elements of {@code <distillation>}, otherwise such as {@code
   * marginal.exclusionWeight}.
   */
  static String property(TrainingMethod method, String option) {
    return method.id().equals(MskdMethod.ID) ? option : method.id() + "." + option;
  }

  /** A property as it is given on the command line: {@code -Dmskd.epochs}. */
  static String userProperty(String property) {
    return "-D" + PREFIX + property;
  }

  /** The goals that alone have a property, sorted; none if all goals have it. */
  static List<String> goalsOf(String property) {
    return OF_ONE_GOAL.entrySet().stream()
        .filter(goal -> goal.getValue().contains(property))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** The allowed names of {@code -Dmskd.} properties of all goals, without the prefix. */
  static List<String> properties() {
    List<String> names = new ArrayList<>();
    collectProperties(ROOT, names);
    names.removeIf(name -> !goalsOf(name).isEmpty());
    for (TrainingMethod method : Methods.installed().students()) {
      optionsOf(method).stream()
          .map(option -> property(method, option))
          .filter(name -> !names.contains(name))
          .forEach(names::add);
    }
    return names;
  }

  private static void collectProperties(Element element, List<String> names) {
    element.property().ifPresent(names::add);
    element.children().forEach(child -> collectProperties(child, names));
  }

  /** The first element that may hold one of this name. */
  static Optional<Element> holderOf(String name) {
    return holderOf(ROOT, name);
  }

  private static Optional<Element> holderOf(Element element, String name) {
    if (element.isMap()) {
      return Optional.empty();
    }
    if (element.child(name).isPresent()) {
      return Optional.of(element);
    }
    return element.children().stream().flatMap(child -> holderOf(child, name).stream()).findFirst();
  }
}
