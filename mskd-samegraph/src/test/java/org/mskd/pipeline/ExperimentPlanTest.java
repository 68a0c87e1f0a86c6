package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.experiment.Phantoms;
import org.mskd.problem.BadInputException;

class ExperimentPlanTest {
  @TempDir Path root;
  private SmallExperiment experiment;

  @BeforeEach
  void declare() {
    experiment = new SmallExperiment(root);
  }

  private List<String> stages(Goal goal) {
    return ExperimentPlan.stages(experiment.request(goal)).stream().map(Stage::id).toList();
  }

  private BadInputException refused(Goal goal) {
    return assertThrows(BadInputException.class, () -> stages(goal));
  }

  @ParameterizedTest
  @CsvSource({
    "PREPARE, prepare/liver prepare/spleen prepare-test",
    "TRAIN_TEACHERS, prepare/liver prepare/spleen prepare-test teacher/liver teacher/spleen",
    "DISTILL, prepare/liver prepare/spleen prepare-test teacher/liver teacher/spleen student/mskd",
    "EVALUATE, prepare/liver prepare/spleen prepare-test teacher/liver teacher/spleen student/mskd"
        + " evaluate",
    "RUN, prepare/liver prepare/spleen prepare-test teacher/liver teacher/spleen student/mskd"
        + " evaluate"
  })
  void aGoalRunsTheStagesItNeeds(Goal goal, String expected) {
    assertEquals(List.of(expected.split(" ")), stages(goal));
  }

  @Test
  void withoutATestSetEverythingButTheEvaluationRuns() {
    experiment.testSet = Optional.empty();
    assertEquals(
        List.of(
            "prepare/liver", "prepare/spleen", "teacher/liver", "teacher/spleen", "student/mskd"),
        stages(Goal.RUN));
    assertEquals("<testSet> is missing.", refused(Goal.EVALUATE).problem());
  }

  @Test
  void phantomsComeFirstAndTheirFoldersMayBeMissingBefore() {
    experiment.phantoms = Optional.of(Phantoms.defaultsIn(root.resolve("phantoms")));
    experiment.organs.add("pancreas");
    assertEquals(
        List.of("phantoms", "prepare/liver", "prepare/spleen", "prepare/pancreas", "prepare-test"),
        stages(Goal.PREPARE));
    assertEquals(List.of("phantoms"), stages(Goal.MAKE_PHANTOMS));
  }

  @Test
  void phantomsNeedNoExperiment() {
    Optional<Phantoms> phantoms = Optional.of(Phantoms.defaultsIn(root.resolve("phantoms")));
    WorkerRequest request =
        new WorkerRequest(
            Goal.MAKE_PHANTOMS, Optional.empty(), phantoms, root.resolve("out"), 1, "none", "1");
    assertEquals(
        List.of("phantoms"), ExperimentPlan.stages(request).stream().map(Stage::id).toList());
  }

  @Test
  void whatIsNotDeclaredIsNamed() {
    assertEquals("<phantoms> is missing.", refused(Goal.MAKE_PHANTOMS).problem());
    WorkerRequest nothing =
        new WorkerRequest(
            Goal.RUN, Optional.empty(), Optional.empty(), root.resolve("out"), 1, "none", "1");
    BadInputException e =
        assertThrows(BadInputException.class, () -> ExperimentPlan.stages(nothing));
    assertTrue(e.remedy().contains("<datasets>"), e.remedy());
  }

  @Test
  void aMissingFolderIsFoundBeforeAnyWork() {
    experiment.organs.add("pancreas");
    BadInputException e = refused(Goal.PREPARE);
    assertTrue(e.problem().startsWith(root.resolve("pancreas") + " is missing"), e.problem());
    experiment.organs.remove("pancreas");
    experiment.testSet = Optional.of(experiment.testSet("nowhere", 1, 2));
    e = refused(Goal.PREPARE);
    assertTrue(e.problem().startsWith(root.resolve("nowhere") + " is missing"), e.problem());
    assertFalse(Files.exists(experiment.output()));
  }

  @Test
  void theCodeIsPartOfTheVersion() {
    Stage first = ExperimentPlan.stages(experiment.request(Goal.PREPARE)).get(0);
    assertEquals("1, code " + CodeDigest.ofThisLibrary(), first.inputs().get("version"));
  }
}
