package org.mskd.maven.config;

import static org.mskd.maven.config.Element.group;
import static org.mskd.maven.config.Element.list;
import static org.mskd.maven.config.Element.listed;
import static org.mskd.maven.config.Element.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every element of the plugin's configuration. */
final class Schema {
  /** What stands before a property's name: {@code -Dmskd.epochs}. */
  static final String PREFIX = "mskd.";

  /** What a student's loss is made of, for all methods and for each. */
  private static final List<String> DISTILLATION =
      List.of(
          "backgroundWeight",
          "featureWeight",
          "featureLevel",
          "features",
          "sortFeatures",
          "temperature",
          "labelWeight",
          "regionMasks",
          "overlap",
          "maskDownsampling",
          "lossNormalization");

  static final Element ROOT =
      group(
          "configuration",
          value("seed"),
          value("threads"),
          value("backend"),
          value("maxHeap"),
          value("maxOffHeap"),
          value("nativesCache"),
          value("checkpointEvery"),
          value("parallel"),
          value("keep"),
          value("rerun"),
          value("reread"),
          value("skip"),
          value("outputDirectory"),
          list("datasets", "dataset", listed("organ"), listed("directory"), listed("labelValues")),
          list("teachers", "teacher", listed("organ"), listed("model")),
          list("unlabelled", "images", listed("name"), listed("directory")),
          group(
              "testSet",
              value("directory", "testSetDirectory"),
              list("labels", "label", listed("organ"), listed("value"))),
          group(
              "phantoms",
              value("phantomDirectory"),
              value("phantomOrgans"),
              value("phantomSubjects"),
              value("phantomTestSubjects"),
              value("phantomSize"),
              value("phantomSlices"),
              value("phantomSeed")),
          group("preprocessing", value("sliceSize"), value("window"), value("targetSpacing")),
          group("network", value("baseChannels"), value("depth"), value("normalization")),
          group(
              "training",
              value("preset"),
              value("batchSize"),
              value("iterationsPerEpoch"),
              value("epochs"),
              value("learningRate"),
              value("annotatedFraction"),
              value("patchSize"),
              value("plateauFactor"),
              value("plateauPatience"),
              value("plateauThreshold"),
              value("plateauSignal"),
              value("amsgrad"),
              value("weightDecay"),
              value("gradientClipping"),
              value("augmentation"),
              value("augmentationStrength")),
          group("distillation", distillation()),
          // Which of them are trained can be said in short: -Dmskd.methods=mskd,mskd-logits.
          list("methods", "method", method()).withProperty(),
          list(
              "rules",
              "rule",
              listed("metric"),
              listed("organ"),
              listed("method"),
              listed("minimum"),
              listed("maximum"),
              listed("betterThan"),
              listed("by")));

  private Schema() {}

  private static Element[] each(List<String> names, Function<String, Element> element) {
    return names.stream().map(element).toArray(Element[]::new);
  }

  /** Beside the loss one choice for all methods: what a step costs, not what is learned. */
  private static Element[] distillation() {
    List<String> names = new ArrayList<>(DISTILLATION);
    names.addAll(List.of("teacherOutputs", "maxStore"));
    return each(names, Element::value);
  }

  private static Element[] method() {
    List<String> names = new ArrayList<>(List.of("name"));
    names.addAll(DISTILLATION);
    return each(names, Element::listed);
  }

  /** The names a {@code -Dmskd.} property may have, without the prefix. */
  static List<String> properties() {
    List<String> names = new ArrayList<>();
    collectProperties(ROOT, names);
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
