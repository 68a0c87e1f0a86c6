package org.mskd.pipeline.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.FeatureSource;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Regions;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.method.MskdMethod;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.Stage;
import org.mskd.problem.BadInputException;

class ExperimentPlanTest {
  @TempDir Path root;
  private SmallExperiment experiment;

  @BeforeEach
  void declare() {
    experiment = new SmallExperiment(root);
  }

  private List<String> stages(Goal goal) {
    return ExperimentPlan.of(experiment.request(goal)).stages().stream().map(Stage::id).toList();
  }

  private BadInputException refused(Goal goal) {
    return assertThrows(BadInputException.class, () -> stages(goal));
  }

  @ParameterizedTest
  @CsvSource({
    "PREPARE, prepare/liver prepare/spleen prepare-test compare-sets",
    "TRAIN_TEACHERS, prepare/liver prepare/spleen prepare-test compare-sets teacher/liver"
        + " teacher/spleen",
    "DISTILL, prepare/liver prepare/spleen prepare-test compare-sets teacher/liver teacher/spleen"
        + " store/encoder-1-sorted student/mskd",
    "EVALUATE, prepare/liver prepare/spleen prepare-test compare-sets teacher/liver teacher/spleen"
        + " store/encoder-1-sorted student/mskd evaluate/teachers evaluate/mskd metrics",
    "RUN, prepare/liver prepare/spleen prepare-test compare-sets teacher/liver teacher/spleen"
        + " store/encoder-1-sorted student/mskd evaluate/teachers evaluate/mskd metrics"
  })
  void aGoalRunsTheStagesItNeeds(Goal goal, String expected) {
    assertEquals(List.of(expected.split(" ")), stages(goal));
  }

  @Test
  void studentsMayHaveEpochsOfTheirOwn() {
    experiment.training = Training.DEFAULT.toBuilder().studentEpochs(10).build();
    Map<String, Integer> steps =
        ExperimentPlan.of(experiment.request(Goal.DISTILL)).stages().stream()
            .collect(Collectors.toMap(Stage::id, Stage::steps));
    assertEquals(1000, steps.get("teacher/liver"));
    assertEquals(2500, steps.get("student/mskd"));
  }

  @Test
  void withoutATestSetEverythingButTheEvaluationRuns() {
    experiment.testSet = Optional.empty();
    assertEquals(
        List.of(
            "prepare/liver",
            "prepare/spleen",
            "compare-sets",
            "teacher/liver",
            "teacher/spleen",
            "store/encoder-1-sorted",
            "student/mskd"),
        stages(Goal.RUN));
    assertEquals("<testSet> is missing.", refused(Goal.EVALUATE).problem());
  }

  @Test
  void phantomsComeFirstAndTheirFoldersMayBeMissingBefore() {
    experiment.phantoms = Optional.of(Phantoms.defaultsIn(root.resolve("phantoms")));
    experiment.organs.add("pancreas");
    assertEquals(
        List.of(
            "phantoms",
            "prepare/liver",
            "prepare/spleen",
            "prepare/pancreas",
            "prepare-test",
            "compare-sets"),
        stages(Goal.PREPARE));
    assertEquals(List.of("phantoms"), stages(Goal.MAKE_PHANTOMS));
  }

  @Test
  void eachMethodHasAStudentInTheOrderDeclared() {
    experiment.methods.add(0, MskdMethod.student("mine", Distillation.DEFAULT.withTemperature(2)));
    List<String> stages = stages(Goal.RUN);
    assertEquals(
        List.of(
            "store/encoder-1-sorted",
            "student/mine",
            "student/mskd",
            "evaluate/teachers",
            "evaluate/mine",
            "evaluate/mskd",
            "metrics"),
        stages.subList(6, stages.size()));
  }

  @Test
  void methodsThatNeedTheSameShareAStore() {
    Distillation whole = Distillation.DEFAULT;
    experiment.methods.add(MskdMethod.student("logits", whole.withFeatureWeight(0)));
    experiment.methods.add(MskdMethod.student("no-background", whole.withBackgroundWeight(0)));
    experiment.methods.add(
        MskdMethod.student(
            "logits-everywhere",
            whole.withFeatureWeight(0).withRegions(Regions.DEFAULT.unmasked())));
    experiment.methods.add(
        MskdMethod.student(
            "level-2", whole.withFeatures(FeatureTerms.DEFAULT.atLevels(List.of(2)).unsorted())));
    experiment.methods.add(
        MskdMethod.student("no-mask", whole.withRegions(Regions.DEFAULT.unmasked())));
    experiment.methods.add(
        MskdMethod.student(
            "decoder",
            whole.withFeatures(new FeatureTerms(List.of(2, 0), FeatureSource.DECODER, true))));
    assertEquals(
        List.of(
            "store/encoder-1-sorted",
            "store/logits",
            "store/encoder-2",
            "store/encoder-1-sorted-everywhere",
            "store/decoder-0-2-sorted"),
        stages(Goal.DISTILL).stream().filter(id -> id.startsWith("store/")).toList());
  }

  @Test
  void liveNothingIsStored() {
    experiment.teacherOutputs = TeacherOutputs.LIVE;
    assertEquals(List.of("student/mskd", "evaluate/teachers"), stages(Goal.RUN).subList(6, 8));
    experiment.teacherOutputs = new TeacherOutputs(TeacherOutputs.Mode.STORED, 0);
    assertEquals(List.of("student/mskd", "evaluate/teachers"), stages(Goal.RUN).subList(6, 8));
    experiment.teacherOutputs = null;
    Training t = Training.DEFAULT;
    experiment.training =
        new Training(4, 250, 4, t.learningRate(), 0.33, 16, t.schedule(), t.optimizer(), 1);
    assertEquals(List.of("student/mskd", "evaluate/teachers"), stages(Goal.RUN).subList(6, 8));
  }

  @Test
  void givenTeachersComeFirstAndUnlabelledSourcesAreIndexed() {
    experiment.give("spleen", 1);
    experiment.give("kidney", 1);
    experiment.addImages("ct");
    List<String> teachers =
        List.of(
            "prepare/liver",
            "prepare/spleen",
            "prepare/ct",
            "prepare-test",
            "compare-sets",
            "teacher/spleen",
            "teacher/kidney",
            "teacher/liver");
    assertEquals(teachers, stages(Goal.TRAIN_TEACHERS));
    assertEquals(
        Stream.concat(
                teachers.stream(),
                Stream.of("foreground/ct", "store/encoder-1-sorted", "student/mskd"))
            .toList(),
        stages(Goal.DISTILL));
  }

  @Test
  void withoutForcedSlotsNothingIsIndexed() {
    experiment.addImages("ct");
    Training t = Training.DEFAULT;
    experiment.training =
        new Training(4, 250, 4, t.learningRate(), 0.1, 0, t.schedule(), t.optimizer(), 1);
    assertEquals(0, experiment.training.forcedSlots());
    assertFalse(stages(Goal.RUN).contains("foreground/ct"), stages(Goal.RUN)::toString);
    assertTrue(stages(Goal.RUN).contains("student/mskd"), stages(Goal.RUN)::toString);
  }

  @Test
  void withGivenTeachersNoDataSetIsNeeded() {
    experiment.organs.clear();
    experiment.testSet = Optional.empty();
    experiment.give("kidney", 1);
    experiment.addImages("ct");
    assertEquals(
        List.of("prepare/ct", "compare-sets", "teacher/kidney"), stages(Goal.TRAIN_TEACHERS));
    List<Stage> planned = ExperimentPlan.of(experiment.request(Goal.TRAIN_TEACHERS)).stages();
    assertEquals("teacher kidney (given)", planned.get(2).name());
  }

  @Test
  void phantomsNeedNoExperiment() {
    Phantoms phantoms = Phantoms.defaultsIn(root.resolve("phantoms"));
    WorkerRequest request =
        WorkerRequest.of(Goal.MAKE_PHANTOMS, root.resolve("out")).withPhantoms(phantoms);
    assertEquals(
        List.of("phantoms"), ExperimentPlan.of(request).stages().stream().map(Stage::id).toList());
  }

  @Test
  void whatIsNotDeclaredIsNamed() {
    assertEquals("<phantoms> is missing.", refused(Goal.MAKE_PHANTOMS).problem());
    WorkerRequest nothing = WorkerRequest.of(Goal.RUN, root.resolve("out"));
    BadInputException e = assertThrows(BadInputException.class, () -> ExperimentPlan.of(nothing));
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
    experiment.testSet = Optional.empty();
    experiment.unlabelled.add(new UnlabelledSource("ct", root.resolve("loose")));
    e = refused(Goal.PREPARE);
    assertTrue(e.problem().startsWith(root.resolve("loose") + " is missing"), e.problem());
    assertFalse(Files.exists(experiment.output()));
  }

  @Test
  void aGivenTeacherThatIsMissingIsFoundBeforeAnyWork() throws IOException {
    experiment.give("liver", 1);
    experiment.give("spleen", 1);
    Files.delete(root.resolve("given/spleen.mskd"));
    BadInputException e = refused(Goal.PREPARE);
    assertTrue(
        e.problem().startsWith(root.resolve("given/spleen.mskd") + " is missing"), e.problem());
    assertFalse(Files.exists(experiment.output()));
  }

  @Test
  void theCodeOfItsKindIsAParameterOfEachStage() {
    List<Stage> stages = ExperimentPlan.of(experiment.request(Goal.DISTILL)).stages();
    Map<String, Set<String>> byKind =
        stages.stream()
            .collect(
                Collectors.groupingBy(
                    stage -> stage.spec().kind(),
                    TreeMap::new,
                    Collectors.mapping(
                        stage -> stage.spec().parameters().get("code"), Collectors.toSet())));
    byKind.values().forEach(digests -> digests.forEach(d -> assertEquals(64, d.length())));
    // The teachers have one code; a student's is another, as its method's is.
    assertEquals(1, byKind.get("teacher").size());
    assertFalse(byKind.get("student").containsAll(byKind.get("teacher")));
  }
}
