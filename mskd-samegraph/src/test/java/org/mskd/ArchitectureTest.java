package org.mskd;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Which room may use which: the table of docs/architecture.md, checked. */
@AnalyzeClasses(packages = "org.mskd", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] TENSORS = {"org.nd4j..", "org.deeplearning4j..", "org.bytedeco.."};

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.mskd.(*)..").should().beFreeOfCycles();

  @ArchTest static final ArchRule problemUsesNothing = room("problem");
  @ArchTest static final ArchRule fileMayUse = room("file", "problem");
  @ArchTest static final ArchRule randomUsesNothing = room("random");
  @ArchTest static final ArchRule experimentMayUse = room("experiment", "problem");
  @ArchTest static final ArchRule volumeMayUse = room("volume", "file", "problem");

  @ArchTest
  static final ArchRule datasetMayUse =
      room("dataset", "volume", "experiment", "random", "file", "problem");

  @ArchTest static final ArchRule graphMayUse = room("graph", "experiment", "problem");
  @ArchTest static final ArchRule lossMayUse = room("loss", "graph", "experiment", "problem");

  @ArchTest static final ArchRule modelMayUse = room("model", "experiment", "file", "problem");

  @ArchTest
  static final ArchRule targetsMayUse =
      room("targets", "dataset", "loss", "experiment", "file", "problem");

  @ArchTest
  static final ArchRule trainingMayUse =
      room(
          "training",
          "targets",
          "dataset",
          "graph",
          "loss",
          "model",
          "experiment",
          "file",
          "problem");

  @ArchTest
  static final ArchRule methodMayUse =
      room(
          "method",
          "training",
          "targets",
          "dataset",
          "graph",
          "loss",
          "model",
          "experiment",
          "problem");

  @ArchTest
  static final ArchRule predictionMayUse =
      room(
          "prediction",
          "method",
          "training",
          "model",
          "dataset",
          "volume",
          "experiment",
          "problem");

  @ArchTest
  static final ArchRule evaluationMayUse = room("evaluation", "volume", "file", "problem");

  @ArchTest
  static final ArchRule gateMayUse = room("gate", "evaluation", "experiment", "file", "problem");

  @ArchTest
  static final ArchRule doctorMayUse =
      room("doctor", "graph", "training", "method", "loss", "experiment", "problem");

  @ArchTest static final ArchRule codeMayUse = room("code", "file");

  @ArchTest
  static final ArchRule pipelineHasNoCycles =
      slices().matching("org.mskd.pipeline.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule pipelineEventMayUse =
      room("pipeline.event", "code", "experiment", "file", "problem");

  @ArchTest
  static final ArchRule pipelineClaimMayUse =
      room("pipeline.claim", "pipeline.event", "code", "experiment", "file", "problem");

  @ArchTest
  static final ArchRule pipelineStageMayUse =
      room(
          "pipeline.stage",
          "pipeline.claim",
          "pipeline.event",
          "code",
          "dataset",
          "evaluation",
          "volume",
          "experiment",
          "file",
          "problem");

  @ArchTest
  static final ArchRule onlyTheTensorRoomsTouchTensors =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.mskd.graph..",
              "org.mskd.loss..",
              "org.mskd.training..",
              "org.mskd.method..",
              "org.mskd.prediction..",
              "org.mskd.doctor..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(TENSORS));

  @ArchTest
  static final ArchRule nobodyKnowsMaven =
      noClasses().should().dependOnClassesThat(resideInAnyPackage("org.apache.maven.."));

  @ArchTest
  static final ArchRule nobodyDeserialisesJava =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream");

  /** Classes of a room use only themselves, the named rooms, and what is not ours. */
  private static ArchRule room(String name, String... mayUse) {
    String[] allowed =
        Stream.concat(Stream.of(name), Arrays.stream(mayUse))
            .map(room -> "org.mskd." + room + "..")
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage("org.mskd." + name + "..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed)
                .or(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        resideInAnyPackage("org.mskd.."))));
  }
}
