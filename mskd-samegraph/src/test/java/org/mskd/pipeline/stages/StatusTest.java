package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Phantoms;
import org.mskd.method.MskdMethod;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.plan.ExperimentStatus;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.Checkpoints;
import org.mskd.pipeline.stage.StageForecast;
import org.mskd.pipeline.stage.StageStamp;
import org.mskd.problem.BadInputException;

/** The output of mskd:status after each kind of change. */
class StatusTest {
  private static final String STORE = "store/encoder-1-sorted";

  @TempDir Path root;
  private SmallExperiment experiment;

  @BeforeEach
  void declare() {
    experiment = new SmallExperiment(root);
  }

  private void run() {
    WorklessStage.run(experiment, new ArrayList<>(), () -> {});
  }

  /** The forecasts of the stages that are not up to date, by id. */
  private SortedMap<String, String> status(String... rerun) {
    RunOptions options = new RunOptions(250, List.of(rerun), false, 1, 1);
    WorkerRequest base = experiment.request(Goal.RUN);
    WorkerRequest request = base.withOptions(options);
    return ExperimentStatus.of(request).stream()
        .filter(stage -> stage.outcome() != StageForecast.Outcome.UP_TO_DATE)
        .collect(
            Collectors.toMap(
                StageForecast::id,
                stage -> stage.outcome() + " " + stage.reason(),
                (a, b) -> a,
                TreeMap::new));
  }

  private static String after(String... names) {
    return "DEPENDS after " + String.join(", ", names);
  }

  @Test
  void beforeTheFirstRunNothingHasRunAndNothingIsWritten() {
    List<String> stages =
        List.of(
            "compare-sets",
            "evaluate/mskd",
            "evaluate/teachers",
            "metrics",
            "prepare-test",
            "prepare/liver",
            "prepare/spleen",
            STORE,
            "student/mskd",
            "teacher/liver",
            "teacher/spleen");
    SortedMap<String, String> status = status();
    assertEquals(stages, List.copyOf(status.keySet()));
    status.forEach((id, text) -> assertEquals("RUN never run", text, id));
    assertFalse(Files.exists(experiment.output()));
  }

  @Test
  void afterARunAllIsUpToDateAndNothingIsWritten() throws IOException {
    run();
    List<Path> before = files();
    assertEquals(Map.of(), status());
    assertEquals(before, files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(experiment.output())) {
      return files.sorted().toList();
    }
  }

  @Test
  void aParameterOfAMethodConcernsItsStudent() {
    run();
    experiment.methods.set(0, MskdMethod.student(Distillation.DEFAULT.withFeatureWeight(5)));
    assertEquals(
        Map.of(
            "student/mskd",
            "RUN featureWeight 10 -> 5",
            "evaluate/mskd",
            after("student mskd"),
            "metrics",
            after("evaluate mskd")),
        status());
  }

  @Test
  void threadsConcernAllThatIsComputedWithTensors() {
    run();
    experiment.threads = 1;
    SortedMap<String, String> status = status();
    assertEquals(7, status.size(), status::toString);
    assertEquals(after("evaluate mskd", "evaluate teachers"), status.remove("metrics"));
    status.forEach((id, text) -> assertEquals("RUN threads 2 -> 1", text, id));
  }

  @Test
  void aChangedFileConcernsItsSetAndPerhapsWhatComesAfter() {
    run();
    experiment.write("liver/labelsTr/a.nii", "new");
    assertEquals(
        Map.of(
            "prepare/liver",
            "RUN label a.nii changed",
            "prepare-test",
            after("prepare liver"),
            "compare-sets",
            after("prepare test set", "prepare liver"),
            "teacher/liver",
            after("prepare liver"),
            STORE,
            after("prepare liver", "teacher liver"),
            "student/mskd",
            after("prepare liver", "store encoder-1-sorted", "teacher liver"),
            "evaluate/teachers",
            after("prepare test set", "teacher liver"),
            "evaluate/mskd",
            after("prepare test set", "student mskd"),
            "metrics",
            after("evaluate mskd", "evaluate teachers")),
        status());
  }

  @Test
  void anAddedFileIsNew() {
    run();
    experiment.subject("multi/imagesTs/v.nii", "multi/labelsTs/v.nii");
    assertEquals(
        Map.of(
            "prepare-test", "RUN image v.nii is new, label v.nii is new",
            "compare-sets", after("prepare test set"),
            "evaluate/teachers", "RUN image v.nii is new, label v.nii is new",
            "evaluate/mskd", "RUN image v.nii is new, label v.nii is new",
            "metrics", after("evaluate mskd", "evaluate teachers")),
        status());
  }

  @Test
  void aDeletedOutputIsMissing() throws IOException {
    run();
    Files.delete(experiment.output().resolve("teachers/liver/made"));
    assertEquals("RUN teachers/liver/made is missing", status().get("teacher/liver"));
  }

  @Test
  void aStoreThatNoStudentNeedsMayBeMissing() throws IOException {
    run();
    Files.delete(StoreStage.fileIn(experiment.output().resolve("stores/encoder-1-sorted")));
    assertEquals(Map.of(), status());
    experiment.methods.set(0, MskdMethod.student(Distillation.DEFAULT.withFeatureWeight(5)));
    assertEquals("RUN stores/encoder-1-sorted/teachers.targets is missing", status().get(STORE));
  }

  @Test
  void aTeacherThatIsGivenReplacesTheTrainedOne() {
    run();
    experiment.give("spleen", 1);
    SortedMap<String, String> status = status();
    String reason = status.get("teacher/spleen");
    assertEquals("RUN", reason.split(" ")[0], reason);
    assertEquals(true, reason.contains("given teacher file is new"), reason);
    run();
    experiment.give("spleen", 2);
    assertEquals("RUN given teacher file changed", status().get("teacher/spleen"));
  }

  @Test
  void aForcedStageIsNamed() {
    run();
    SortedMap<String, String> status = status("teacher:spleen");
    assertEquals("RUN <rerun> names it", status.get("teacher/spleen"));
    assertEquals(after("teacher spleen"), status.get(STORE));
    BadInputException e = assertThrows(BadInputException.class, () -> status("teacher:lung"));
    assertEquals(true, e.problem().contains("teacher:lung"), e.problem());
  }

  @Test
  void aKeptResultIsRestoredAndWhatReadsItIsUpToDate() {
    experiment.organs.remove("spleen");
    experiment.testSet = java.util.Optional.empty();
    run();
    experiment.methods.set(0, MskdMethod.student(Distillation.DEFAULT.withFeatureWeight(5)));
    run();
    experiment.methods.set(0, MskdMethod.student(Distillation.DEFAULT.withFeatureWeight(10)));
    assertEquals(Map.of("student/mskd", "RESTORE featureWeight 5 -> 10"), status());
    experiment.methods.set(0, MskdMethod.student(Distillation.DEFAULT.withFeatureWeight(5)));
    experiment.threads = 1;
    run();
    experiment.threads = 2;
    SortedMap<String, String> status = status();
    assertEquals("RESTORE threads 1 -> 2", status.get("teacher/liver"));
    assertEquals("RUN threads 1 -> 2, teacher liver changed", status.get(STORE));
  }

  @Test
  void aCheckpointOfTheSameInputsIsResumed() throws IOException {
    run();
    Path stamp = StageStamp.fileOf(experiment.output(), "teacher/liver");
    SortedMap<String, String> inputs = new TreeMap<>(StageStamp.read(stamp).inputs());
    experiment.threads = 1;
    inputs.put("threads", "1");
    inputs.put("engine", "any");
    Path folder = new Checkpoints(experiment.output(), "teacher/liver").folder(inputs);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("inputs.json"), ExperimentJson.write(inputs));
    Files.writeString(folder.resolve("0000250.ckpt"), "");
    Files.writeString(folder.resolve("0000500.ckpt"), "");
    assertEquals("RESUME at iteration 500: threads 2 -> 1", status().get("teacher/liver"));
    assertEquals("RUN threads 2 -> 1", status().get("teacher/spleen"));
  }

  @Test
  void phantomsThatAreNotDrawnYetAreNotRead() {
    Path folder = root.resolve("phantoms");
    experiment.phantoms = java.util.Optional.of(Phantoms.defaultsIn(folder));
    experiment.liverFolder = "phantoms/liver";
    SortedMap<String, String> status = status();
    assertEquals("RUN never run", status.get("phantoms"));
    assertEquals("RUN never run", status.get("prepare/liver"));
  }
}
