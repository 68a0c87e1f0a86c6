package org.mskd.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Preset;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.Sgd;
import org.mskd.experiment.Training;

class InputChangesTest {
  private static final String ONE = "a".repeat(64);
  private static final String OTHER = "b".repeat(64);

  private static SortedMap<String, String> inputs(Map<String, String> values) {
    return new TreeMap<>(values);
  }

  private static Arguments change(
      Map<String, String> before, Map<String, String> now, String expected) {
    return Arguments.of(before, now, expected);
  }

  private static Map<String, String> training(Training training) {
    return Map.of("training", ExperimentJson.write(training));
  }

  private static Map<String, String> distillation(Distillation loss) {
    return Map.of("distillation", ExperimentJson.write(loss));
  }

  private static Training epochs(int epochs) {
    Training t = Training.DEFAULT;
    return new Training(
        t.batchSize(),
        t.iterationsPerEpoch(),
        epochs,
        t.learningRate(),
        t.annotatedFraction(),
        t.patchSize(),
        t.schedule(),
        t.optimizer(),
        t.augmentationStrength());
  }

  static List<Arguments> changes() {
    return List.of(
        change(Map.of("threads", "2"), Map.of("threads", "1"), "threads 2 -> 1"),
        change(training(epochs(1)), training(epochs(2)), "epochs 1 -> 2"),
        change(
            distillation(Distillation.DEFAULT),
            distillation(Distillation.DEFAULT.withFeatureWeight(5)),
            "featureWeight 10 -> 5"),
        change(
            distillation(Distillation.DEFAULT),
            distillation(
                Distillation.DEFAULT.withFeatures(FeatureTerms.DEFAULT.atLevels(List.of(0, 2)))),
            "featureLevel 1 -> 0 2"),
        change(
            training(Training.DEFAULT),
            training(Training.DEFAULT.with(new Adam(true, 0, 0))),
            "amsgrad false -> true"),
        change(
            training(Training.DEFAULT),
            training(Preset.NNUNET.training()),
            "amsgrad false -> true, weightDecay 0 -> 3.0E-5, plateauFactor 0.8 -> 0.2 and 2 more"),
        change(
            training(Training.DEFAULT),
            training(Training.DEFAULT.with(new Sgd(0.99, 0, 0))),
            "optimizer adam -> sgd, amsgrad false is gone, momentum 0.99 is new"),
        change(
            training(Training.DEFAULT.with(new Schedule.Cosine())),
            training(Training.DEFAULT.with(new Schedule.Polynomial())),
            "schedule cosine -> polynomial"),
        change(
            Map.of("prepared.liver", ONE),
            Map.of("prepared.liver", OTHER),
            "prepared slices of liver changed"),
        change(
            Map.of("teacher.liver", ONE), Map.of("teacher.liver", OTHER), "teacher liver changed"),
        change(
            Map.of("image p7.nii.gz", ONE),
            Map.of("image p7.nii.gz", OTHER),
            "image p7.nii.gz changed"),
        change(Map.of(), Map.of("label p7.nii.gz", ONE), "label p7.nii.gz is new"),
        change(Map.of("image p7.nii.gz", ONE), Map.of(), "image p7.nii.gz is gone"),
        change(
            Map.of("teacherOutputs", "stored " + ONE),
            Map.of("teacherOutputs", "live"),
            "teacherOutputs changed"),
        change(
            Map.of("labelValues", "[1]"), Map.of("labelValues", "[1, 2]"), "labelValues 1 -> 1 2"),
        change(Map.of("code", ONE), Map.of("code", OTHER), "algorithm changed"),
        change(
            Map.of("environment.dnnl", "3.11-1.5.13 linux-x86_64"),
            Map.of("environment.dnnl", "3.12-1.5.14 linux-x86_64"),
            "dnnl 3.11-1.5.13 linux-x86_64 -> 3.12-1.5.14 linux-x86_64"),
        change(
            Map.of("environment.instructionSet", "AVX2"),
            Map.of("environment.instructionSet", "AVX-512"),
            "instruction set AVX2 -> AVX-512"),
        change(
            Map.of(),
            Map.of("environment.OMP_PLACES", "cores"),
            "environment OMP_PLACES none -> cores"),
        change(
            Map.of("environment.OMP_PLACES", "cores"),
            Map.of(),
            "environment OMP_PLACES cores -> none"),
        change(Map.of(), Map.of("environment.LD_PRELOAD", ONE), "environment LD_PRELOAD changed"),
        change(
            Map.of("environment.org.nd4j.avx.ignore", "true"),
            Map.of(),
            "org.nd4j.avx.ignore true -> none"),
        change(Map.of(), Map.of("environment.jdk", "21"), "JDK of the worker none -> 21"),
        change(
            Map.of("engine", "{\"backend\":\"CpuBackend\",\"convolution\":\"oneDNN 3.11\"}"),
            Map.of("engine", "{\"backend\":\"CpuBackend\",\"convolution\":\"ND4J\"}"),
            "convolution by oneDNN 3.11 -> ND4J"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("changes")
  void aChangeIsNamedByParameterAndValues(
      Map<String, String> before, Map<String, String> now, String expected) {
    assertEquals(Optional.of(expected), InputChanges.between(inputs(before), inputs(now)));
  }

  @Test
  void equalInputsHaveNoChange() {
    assertEquals(
        Optional.empty(),
        InputChanges.between(inputs(training(epochs(3))), inputs(training(epochs(3)))));
  }
}
