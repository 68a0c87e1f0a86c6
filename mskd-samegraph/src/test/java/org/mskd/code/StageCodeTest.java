package org.mskd.code;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which stages run again after a change of one class of this library. */
class StageCodeTest {
  private static final String STAGES = "org.mskd.pipeline.stages.";
  private static final String METHODS = "org.mskd.method.";

  /** Entry classes of some kinds of stages, as the stages name them. */
  private static final SortedMap<String, List<String>> KINDS =
      new TreeMap<>(
          Map.of(
              "evaluate", List.of(STAGES + "EvaluateStage"),
              "marginal", List.of(STAGES + "TrainStage", METHODS + "MarginalMethod"),
              "mskd", List.of(STAGES + "TrainStage", METHODS + "MskdMethod"),
              "prepare", List.of(STAGES + "PrepareStage"),
              "store", List.of(STAGES + "StoreStage"),
              "foreground", List.of(STAGES + "ForegroundStage"),
              "teacher", List.of(STAGES + "TrainStage", METHODS + "TeacherMethod")));

  @TempDir Path folder;

  private String changed() {
    Path before = ClassFiles.sourceOf(CodeIdentity.class);
    return KINDS.entrySet().stream()
        .filter(
            kind ->
                !CodeIdentity.of(List.of(before), kind.getValue())
                    .equals(CodeIdentity.of(List.of(folder), kind.getValue())))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "volume.Orientation, evaluate foreground prepare store",
    "dataset.ImageSlices, evaluate foreground prepare store",
    "dataset.Sampler, marginal mskd store teacher",
    "dataset.Augmentation, marginal mskd teacher",
    "graph.kernel.HostFloats, evaluate foreground marginal mskd store teacher",
    "loss.DiceCrossEntropyOp, teacher",
    "loss.MarginalLossOp, marginal mskd",
    "loss.ExclusionLossOp, marginal",
    "loss.FeatureLossOp, mskd",
    "training.AdamOptimizer, marginal mskd teacher",
    "evaluation.SurfaceDistances, evaluate",
    "doctor.PlainLayers, ''",
    "gate.RuleCheck, ''",
  })
  void anAlgorithmConcernsTheStagesThatComputeWithIt(String type, String stages)
      throws IOException {
    ChangedLibrary.arithmetic("org.mskd." + type, folder);
    assertEquals(stages, changed());
  }

  @ParameterizedTest
  @CsvSource({
    "dataset.DatasetFolder",
    "dataset.TrainingStep",
    "dataset.Preparer",
    "graph.runtime.Engine",
    "volume.NiftiHeader",
    "targets.TargetStore",
  })
  void theMessageOfAnExceptionConcernsNoStage(String type) throws IOException {
    ChangedLibrary.messages("org.mskd." + type, folder);
    assertEquals("", changed());
  }
}
