package org.mskd.code;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which stages run again after a change of one class of this library. */
class StageCodeTest {
  private static final List<String> STAGES =
      List.of("Prepare", "Teacher", "Survey", "Store", "Student", "Evaluate");

  @TempDir Path folder;

  private static String identity(Path source, String stage) {
    return CodeIdentity.of(List.of(source), List.of("org.mskd.pipeline." + stage + "Stage"));
  }

  private List<String> stagesChangedIn(Path library) {
    Path before = ClassFiles.sourceOf(CodeIdentity.class);
    Stream<String> changed =
        STAGES.stream().filter(stage -> !identity(before, stage).equals(identity(library, stage)));
    return changed.toList();
  }

  @ParameterizedTest
  @CsvSource({
    "volume.Orientation, Prepare Evaluate",
    "dataset.PlaneResampling, Prepare Evaluate",
    "dataset.Sampler, Teacher Store Student",
    "dataset.Augmentation, Teacher Student",
    "graph.InstanceNormOp, Teacher Survey Store Student Evaluate",
    "graph.InstanceNormGradientOp, Teacher Survey Store Student Evaluate",
    "loss.DiceCrossEntropyOp, Teacher",
    "loss.LabelLossOp, Student",
    "loss.FeatureLossOp, Student",
    "training.AdamOptimizer, Teacher Student",
    "evaluation.SurfaceDistances, Evaluate",
    "doctor.PlainLayers, ''",
    "gate.RuleCheck, ''",
  })
  void anAlgorithmConcernsTheStagesThatComputeWithIt(String type, String stages)
      throws IOException {
    ChangedLibrary.arithmetic("org.mskd." + type, folder);
    assertEquals(stages, String.join(" ", stagesChangedIn(folder)));
  }

  @ParameterizedTest
  @CsvSource({
    "dataset.DatasetFolder",
    "dataset.LabelMap",
    "dataset.Preparer",
    "graph.Engine",
    "volume.NiftiHeader",
    "targets.TargetStore",
  })
  void theMessageOfAnExceptionConcernsNoStage(String type) throws IOException {
    ChangedLibrary.messages("org.mskd." + type, folder);
    assertEquals(List.of(), stagesChangedIn(folder));
  }
}
