package org.mskd.maven.config;

import static org.mskd.maven.config.Element.group;
import static org.mskd.maven.config.Element.list;
import static org.mskd.maven.config.Element.listed;
import static org.mskd.maven.config.Element.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
          "init",
          List.of("data", "pom"),
          "compare",
          List.of("runs", "report"),
          "reproduce",
          List.of("lock", "tolerance"),
          "predict",
          List.of("model", "input", "output", "probabilities"));

  static final Element ROOT =
      group(
          "configuration",
          value("preset"),
          value("seed"),
          value("replicates"),
          value("threads"),
          value("backend"),
          value("maxHeap"),
          value("maxOffHeap"),
          value("nativesCache"),
          value("argLine"),
          value("checkpointEvery"),
          value("parallel"),
          value("keep"),
          value("cacheDirectory"),
          value("cacheSize"),
          value("rerun"),
          value("reread"),
          value("lockNames"),
          value("reportImages"),
          value("reportSize"),
          value("skip"),
          value("outputDirectory"),
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
          list("teachers", "teacher", listed("organ"), listed("model")),
          list("unlabelled", "images", listed("name"), listed("directory")),
          group(
              "testSet",
              value("directory", "testSetDirectory"),
              labels(),
              listed("backgroundValues"),
              listed("ignoreValues"),
              listed("labelGrid")),
          group(
              "phantoms",
              value("phantomDirectory"),
              value("phantomOrgans"),
              value("phantomSubjects"),
              value("phantomTestSubjects"),
              value("phantomSize"),
              value("phantomSlices"),
              value("phantomSeed")),
          group(
              "validation",
              value("validationShare"),
              value("validationSubjects"),
              value("folds"),
              value("onlyFolds")),
          group("preprocessing", value("sliceSize"), value("window"), value("targetSpacing")),
          group(
              "network",
              value("baseChannels"),
              value("depth"),
              value("normalization"),
              value("neighbours"),
              value("neighbourDistance"),
              value("blocks")),
          group(
              "training",
              value("batchSize"),
              value("iterationsPerEpoch"),
              value("epochs"),
              value("studentEpochs"),
              value("learningRate"),
              value("warmupIterations"),
              value("schedule"),
              value("annotatedFraction"),
              value("patchSize"),
              value("plateauFactor"),
              value("plateauPatience"),
              value("plateauThreshold"),
              value("plateauSignal"),
              value("optimizer"),
              value("amsgrad"),
              value("momentum"),
              value("weightDecay"),
              value("gradientClipping"),
              value("weightAverage"),
              value("augmentation"),
              value("augmentationStrength"),
              value("augmentationKind"),
              value("deepSupervision")),
          group("distillation", distillation()),
          group("evaluation", value("surfaceTolerance"), value("components")),
          // The property selects students by name: -Dmskd.methods=mskd,mskd-logits.
          list("methods", "method", method()).withProperty(),
          group(
              "prediction",
              value("model"),
              value("input"),
              value("output"),
              value("probabilities")),
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

  private static Element[] each(Collection<String> names, Function<String, Element> element) {
    return names.stream().map(element).toArray(Element[]::new);
  }

  /** The options of MS-KD for all its students, and those of stored teacher outputs. */
  private static Element[] distillation() {
    List<String> names = new ArrayList<>(optionsOf(Methods.installed().named(MskdMethod.ID)));
    names.addAll(List.of("teacherOutputs", "maxStore"));
    return each(names, Element::value);
  }

  /**
   * The options of all training methods, of which a student may have those of its type, and what is
   * no option of a method.
   */
  private static Element[] method() {
    Set<String> names = new LinkedHashSet<>(List.of("name", "type", "initialModel"));
    Methods.installed().students().forEach(method -> names.addAll(optionsOf(method)));
    return each(names, Element::listed);
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
    if (element.child(name).isPresent()) {
      return Optional.of(element);
    }
    return element.children().stream().flatMap(child -> holderOf(child, name).stream()).findFirst();
  }
}
