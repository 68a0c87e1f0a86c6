package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.Split;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.FoldsFile;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelScore;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Prediction;
import org.mskd.experiment.Validation;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelEnsemble;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;
import org.mskd.training.TrainingCancelled;

/**
 * A cross-validation of two folds: two organs with three subjects each, and two subjects with
 * labels of both organs, which no network is trained on.
 */
class CrossValidationTest {
  private static final List<String> ORGANS = List.of("liver", "spleen");

  @TempDir private static Path root;

  private static WorkerRequest request(Goal goal, String folder, Validation validation) {
    WorkerRequest given =
        new TinyExperiment(root.resolve("data"), ORGANS).request(goal, root.resolve(folder), 1);
    Experiment tiny = given.experiment().orElseThrow();
    Path drawn = root.resolve("data/drawn");
    Phantoms phantoms = new Phantoms(drawn, ORGANS, 3, 2, 64, 8, 1);
    MultiOrganSource both =
        new MultiOrganSource(
            "both",
            List.of(drawn.resolve("multi-organ-test/imagesTs")),
            drawn.resolve("multi-organ-test/labelsTs"),
            List.of(new OrganLabel("liver", 1), new OrganLabel("spleen", 2)));
    return given.withExperiment(
        tiny.toBuilder()
            .phantoms(Optional.of(phantoms))
            .multiOrgan(List.of(both))
            .testSet(Optional.empty())
            .validation(validation)
            .build());
  }

  private static Validation folds(int folds, Integer... only) {
    return new Validation(0, List.of(), folds, List.of(only));
  }

  @BeforeAll
  static void crossValidate() throws IOException {
    StageRuns.run(request(Goal.MAKE_PHANTOMS, "out", folds(2)));
    StageRuns.run(request(Goal.CROSS_VALIDATE, "out", folds(2)));
  }

  private static Set<String> trainedOn(String model) {
    return ModelArchive.readCard(root.resolve("out").resolve(model)).subjects().stream()
        .map(subject -> (String) subject.get("voxelDigest"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noNetworkIsTrainedOnWhatItsFoldHoldsOut() {
    Split split = Split.read(root.resolve("out/split/folds/split.json"));
    for (int fold = 1; fold <= 2; fold++) {
      Set<String> heldOut = split.heldOut(fold);
      assertEquals(4, heldOut.size(), "of 3, 3 and 2 subjects");
      for (String model : List.of("teachers/liver", "teachers/spleen", "methods/mskd")) {
        Set<String> trained = trainedOn("folds/" + fold + "/" + model + "/model.mskd");
        assertFalse(trained.isEmpty());
        assertTrue(trained.stream().noneMatch(heldOut::contains), model);
      }
    }
    assertEquals(3, trainedOn("folds/2/methods/mskd/model.mskd").size());
  }

  @Test
  void everySubjectIsScoredOnceOnTheOrgansOfItsLabels() {
    Metrics metrics = MetricsFile.read(root.resolve("out/cross-validation/metrics.json"));
    assertEquals(
        List.of("teachers", "mskd"), metrics.models().stream().map(ModelScore::name).toList());
    for (ModelScore model : metrics.models()) {
      List<String> scored =
          model.cases().stream().map(score -> score.id() + " " + score.organ()).sorted().toList();
      assertEquals(
          List.of(
              "both/test-001 liver",
              "both/test-001 spleen",
              "both/test-002 liver",
              "both/test-002 spleen",
              "liver/liver-001 liver",
              "liver/liver-002 liver",
              "liver/liver-003 liver",
              "spleen/spleen-001 spleen",
              "spleen/spleen-002 spleen",
              "spleen/spleen-003 spleen"),
          scored);
    }
    assertEquals(
        List.of(1L, 2L), FoldsFile.read(root.resolve("out/cross-validation/folds.json")).seeds());
  }

  @Test
  void theFoldsAreScoredOnTheirOwnSubjects() {
    Split split = Split.read(root.resolve("out/split/folds/split.json"));
    for (int fold = 1; fold <= 2; fold++) {
      int number = fold;
      Set<String> expected =
          split.subjects().stream()
              .filter(subject -> subject.fold() == number)
              .map(subject -> subject.source() + "/" + subject.id())
              .collect(Collectors.toCollection(TreeSet::new));
      Metrics scores =
          MetricsFile.read(root.resolve("out/folds/" + fold + "/evaluation/mskd/scores.json"));
      assertEquals(
          expected,
          scores.models().get(0).cases().stream()
              .map(CaseScore::id)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  /** The student's history has the scores of both organs, the teacher's those of its own. */
  @Test
  void historiesHaveTheScoresOfHeldOutSubjects() throws IOException {
    Path fold = root.resolve("out/folds/1");
    String student = Files.readString(fold.resolve("methods/mskd/history.csv"));
    assertTrue(student.contains("dice.liver,dice.spleen\n"), student);
    String teacher = Files.readString(fold.resolve("teachers/liver/history.csv"));
    assertTrue(teacher.contains(",dice.liver\n"), teacher);
  }

  @Test
  void aSecondRunDoesNothingAndAnotherFolderGetsTheSameBytes() throws IOException {
    List<Event> again = StageRuns.run(request(Goal.CROSS_VALIDATE, "out", folds(2)));
    assertTrue(again.stream().noneMatch(Event.StageStarted.class::isInstance), again::toString);
    StageRuns.run(request(Goal.CROSS_VALIDATE, "other", folds(2)));
    for (String file :
        List.of(
            "cross-validation/mskd.mskd",
            "cross-validation/metrics.json",
            "folds/2/methods/mskd/history.jsonl")) {
      assertArrayEquals(
          Files.readAllBytes(root.resolve("out").resolve(file)),
          Files.readAllBytes(root.resolve("other").resolve(file)),
          file);
    }
  }

  /** A run of some folds shares its networks with one of all. */
  @Test
  void foldsCanBeAddedLater() throws IOException {
    StageRuns.run(request(Goal.CROSS_VALIDATE, "some", folds(2, 2)));
    assertFalse(Files.exists(root.resolve("some/folds/1")));
    List<Event> events = StageRuns.run(request(Goal.CROSS_VALIDATE, "some", folds(2)));
    assertTrue(
        events.stream()
            .noneMatch(
                event ->
                    event instanceof Event.StageStarted started
                        && started.stage().contains("fold 2")),
        events::toString);
    assertArrayEquals(
        Files.readAllBytes(root.resolve("out/cross-validation/mskd.mskd")),
        Files.readAllBytes(root.resolve("some/cross-validation/mskd.mskd")));
  }

  /** Each run does one step more of the first fold's first teacher. */
  @Test
  void cancelledFoldsResumeToTheSameBytes() throws IOException {
    WorkerRequest request = request(Goal.CROSS_VALIDATE, "cancelled", folds(2));
    for (int i = 0; i < 2; i++) {
      assertThrows(TrainingCancelled.class, () -> StageRuns.cancelled(request));
    }
    List<Event> events = StageRuns.run(request);
    assertTrue(
        events.stream()
            .anyMatch(
                event ->
                    event instanceof Event.Resumed resumed && resumed.stage().contains("fold 1")),
        events::toString);
    for (String file : List.of("cross-validation/mskd.mskd", "cross-validation/metrics.json")) {
      assertArrayEquals(
          Files.readAllBytes(root.resolve("out").resolve(file)),
          Files.readAllBytes(root.resolve("cancelled").resolve(file)),
          file);
    }
  }

  @Test
  void theEnsembleHoldsTheStudentsOfAllFoldsAndPredicts() throws IOException {
    Path file = root.resolve("out/cross-validation/mskd.mskd");
    List<Model> models = ModelEnsemble.read(file);
    for (int fold = 1; fold <= 2; fold++) {
      assertEquals(
          ModelArchive.read(root.resolve("out/folds/" + fold + "/methods/mskd/model.mskd"))
              .digest(),
          models.get(fold - 1).digest());
    }
    Path predictions = root.resolve("predictions");
    Path scans = root.resolve("data/drawn/multi-organ-test/imagesTs");
    StageRuns.run(
        WorkerRequest.of(Goal.PREDICT, predictions)
            .withBackend("test", new TreeMap<>())
            .withPrediction(new Prediction(file, scans, List.of(), false, 2)));
    assertTrue(Files.exists(predictions.resolve("test-001.nii.gz")));
  }

  /** Outside of a cross-validation, the subjects of {@code <validation>} are held out. */
  @Test
  void aDeclaredShareIsHeldOutOfAllTrainings() throws IOException {
    Validation share = new Validation(0.3, List.of(), 0, List.of());
    List<Event> events = StageRuns.run(request(Goal.DISTILL, "share", share));
    assertTrue(
        events.stream()
            .anyMatch(event -> event.toString().contains("student mskd: epoch 1 of 1, Dice on")),
        events::toString);
    Split split = Split.read(root.resolve("share/split/validation/split.json"));
    assertEquals(3, split.heldOut(1).size(), "one of each set");
    List<String> digests = new ArrayList<>();
    ModelArchive.readCard(root.resolve("share/methods/mskd/model.mskd"))
        .subjects()
        .forEach(subject -> digests.add((String) subject.get("voxelDigest")));
    assertEquals(4, digests.size());
    assertTrue(digests.stream().noneMatch(split.heldOut(1)::contains));
  }

  @Test
  void aSetThatIsHeldOutAsAWholeIsRefusedBeforeAnyTraining() {
    Validation named =
        new Validation(0, List.of("liver-001", "liver/liver-002", "liver-003"), 0, List.of());
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> StageRuns.run(request(Goal.DISTILL, "whole", named)));
    assertEquals(
        "All 3 subjects of data set liver are held out, so there is none to train on.",
        e.problem());
    assertFalse(Files.exists(root.resolve("whole/teachers")));
  }

  /** Without declared folds, the set of both organs is prepared for the cross-validation alone. */
  @Test
  void aRunAfterACrossValidationFindsItsPreparationsUpToDate() throws IOException {
    Validation only = new Validation(0, List.of(), 0, List.of(1));
    StageRuns.run(request(Goal.PREPARE, "shared", Validation.NONE));
    StageRuns.run(request(Goal.CROSS_VALIDATE, "shared", only));
    List<Event> again = StageRuns.run(request(Goal.PREPARE, "shared", Validation.NONE));
    assertTrue(again.stream().noneMatch(Event.StageStarted.class::isInstance), again::toString);
  }

  @Test
  void aSubjectThatIsNoneIsNamed() {
    Validation named = new Validation(0, List.of("liver-002", "liver-009"), 0, List.of());
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> StageRuns.run(request(Goal.DISTILL, "named", named)));
    assertEquals(
        "<validationSubjects> names liver-009, which no labelled data set has.", e.problem());
  }
}
