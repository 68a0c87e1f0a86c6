package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mskd.experiment.Adam;
import org.mskd.experiment.AugmentationKind;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Preset;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.Sgd;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.training.TrainingCancelled;

/** Real stages, cancelled and run again, against an undisturbed run. */
class ResumedRunTest {
  /** Everything that has a state: patience, an average, the largest moments; all randomness. */
  private static final Training TRAINING =
      new Training(
              2,
              2,
              4,
              1e-2,
              0.5,
              0,
              new Plateau(0.5, 1, 0.5, PlateauSignal.AVERAGE),
              new Adam(true, 1e-3, 12),
              1)
          .with(AugmentationKind.FULL);

  /**
   * Three iterations of a teacher and six of the student, whose slices are stored, and mixed in the
   * student's batches; with an auxiliary output.
   */
  private static final Training OTHER =
      new Training(
          2,
          3,
          1,
          1e-2,
          0.5,
          0,
          new Schedule.Cosine(),
          new Sgd(0.9, 1e-3, 12),
          1,
          2,
          0.3,
          2,
          null,
          true);

  /** The preset with as few iterations: full augmentation of images, labels and stored outputs. */
  private static final Training ACCURATE =
      Preset.ACCURATE.training().toBuilder()
          .batchSize(2)
          .iterationsPerEpoch(3)
          .epochs(1)
          .studentEpochs(2)
          .build();

  @TempDir Path root;

  private PhantomExperiment experiment(String name, TeacherOutputs outputs, int every) {
    return experiment(name, TRAINING, outputs, every);
  }

  private PhantomExperiment experiment(
      String name, Training training, TeacherOutputs outputs, int every) {
    return new PhantomExperiment(
        root.resolve(name),
        training,
        outputs,
        new RunOptions(every, List.of(), false, 1, 1),
        training.deepSupervision()
            ? new Network(4, 3, Normalization.INSTANCE)
            : PhantomExperiment.NETWORK);
  }

  private static WorkerRequest request(PhantomExperiment experiment) {
    return experiment.request(Goal.DISTILL);
  }

  private static List<Event.Resumed> resumed(Path output) {
    return StageRuns.events(output).stream()
        .filter(Event.Resumed.class::isInstance)
        .map(Event.Resumed.class::cast)
        .toList();
  }

  static List<Arguments> trainings() {
    return List.of(
        Arguments.of("stored", TRAINING, TeacherOutputs.DEFAULT, Distillation.DEFAULT, 8, 8),
        Arguments.of("live", TRAINING, TeacherOutputs.LIVE, Distillation.DEFAULT, 8, 8),
        Arguments.of(
            "mixed", OTHER, TeacherOutputs.DEFAULT, Distillation.DEFAULT.withCutMix(0.5), 3, 6),
        Arguments.of(
            "annotated",
            OTHER,
            TeacherOutputs.DEFAULT,
            Distillation.DEFAULT.withAnnotatedTargets(true).withLabelWeight(1).withTemperature(2),
            3,
            6),
        Arguments.of(
            "accurate",
            ACCURATE,
            TeacherOutputs.DEFAULT,
            Preset.ACCURATE.distillation(true),
            3,
            6));
  }

  /** Cancels a run after each step of its trainings, and returns where they were resumed. */
  private static List<Event.Resumed> cancelAtEveryStep(WorkerRequest request, int steps) {
    List<Event.Resumed> resumed = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      assertThrows(TrainingCancelled.class, () -> StageRuns.cancelled(request), "run " + i);
      resumed.addAll(resumed(request.outputDirectory()));
    }
    StageRuns.cancelled(request);
    resumed.addAll(resumed(request.outputDirectory()));
    return resumed;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trainings")
  void cancelledAfterEveryStepOfEveryTrainingTheBytesAreTheSame(
      String name,
      Training training,
      TeacherOutputs outputs,
      Distillation distillation,
      int ofTeacher,
      int ofStudent)
      throws IOException {
    PhantomExperiment undisturbed = experiment(name + " undisturbed", training, outputs, 1000);
    StageRuns.run(undisturbed.request(Goal.DISTILL, distillation));
    PhantomExperiment disturbed = experiment(name + " disturbed", training, outputs, 3);
    List<Event.Resumed> resumed =
        cancelAtEveryStep(disturbed.request(Goal.DISTILL, distillation), ofTeacher + ofStudent);
    List<Event.Resumed> expected = new ArrayList<>();
    for (int step = 1; step <= ofTeacher; step++) {
      expected.add(new Event.Resumed("teacher liver", step, ofTeacher));
    }
    for (int step = 1; step <= ofStudent; step++) {
      expected.add(new Event.Resumed("student mskd", step, ofStudent));
    }
    assertEquals(expected, resumed);
    assertEquals(List.of(), disturbed.differences(undisturbed), name);
    assertFalse(Files.exists(disturbed.output().resolve("checkpoints")), "not removed");
  }

  /** Within an epoch, and at its end, where held-out subjects are scored. */
  @Test
  void cancelledBetweenScoresOfHeldOutSubjectsTheBytesAreTheSame() throws IOException {
    PhantomExperiment undisturbed = experiment("scored", ACCURATE, TeacherOutputs.DEFAULT, 1000);
    StageRuns.run(PhantomExperiment.holdingOut(request(undisturbed)));
    PhantomExperiment disturbed = experiment("scored again", ACCURATE, TeacherOutputs.DEFAULT, 2);
    cancelAtEveryStep(PhantomExperiment.holdingOut(request(disturbed)), 3 + 6);
    assertEquals(List.of(), disturbed.differences(undisturbed));
    List<String> history =
        Files.readAllLines(disturbed.output().resolve("methods/mskd/history.jsonl"));
    assertEquals(
        2, history.stream().filter(line -> line.contains("\"validation\"")).count(), "epochs");
  }

  @Test
  void aCheckpointOfOtherInputsIsKeptAndUsedWithThoseInputsAgain() throws IOException {
    PhantomExperiment first = experiment("changed", TeacherOutputs.LIVE, 3);
    assertThrows(TrainingCancelled.class, () -> StageRuns.cancelled(request(first)));
    PhantomExperiment second =
        new PhantomExperiment(
            first.root(), TRAINING.with(Adam.PLAIN), TeacherOutputs.LIVE, first.options());
    assertThrows(TrainingCancelled.class, () -> StageRuns.cancelled(request(second)));
    assertEquals(List.of(), resumed(second.output()));
    List<String> messages = messages(second);
    assertTrue(
        messages.stream()
            .anyMatch(
                text ->
                    text.startsWith(
                            "teacher liver: the checkpoint at iteration 1 is not used, amsgrad true"
                                + " -> false, ")
                        && text.contains("checkpoints/teacher/liver/")),
        messages::toString);
    assertThrows(TrainingCancelled.class, () -> StageRuns.cancelled(request(first)));
    assertEquals(
        List.of(new Event.Resumed("teacher liver", 1, TRAINING.iterations())),
        resumed(first.output()));
  }

  @Test
  void aForcedStageThatIsDoneStartsAtIteration0() throws IOException {
    PhantomExperiment experiment = experiment("forced", TeacherOutputs.LIVE, 3);
    assertThrows(TrainingCancelled.class, () -> StageRuns.cancelled(request(experiment)));
    Path checkpoints = experiment.output().resolve("checkpoints/teacher/liver");
    List<Path> left;
    try (Stream<Path> files = Files.walk(checkpoints)) {
      left = files.filter(Files::isRegularFile).toList();
    }
    Map<Path, byte[]> bytes = new HashMap<>();
    for (Path file : left) {
      bytes.put(file, Files.readAllBytes(file));
    }
    StageRuns.run(request(experiment));
    for (Path file : left) { // as if a run was killed before it removed them
      Files.createDirectories(file.getParent());
      Files.write(file, bytes.get(file));
      Files.setLastModifiedTime(file.getParent(), FileTime.fromMillis(0));
    }
    Files.setLastModifiedTime(left.get(0).getParent(), FileTime.fromMillis(0));
    PhantomExperiment forced =
        new PhantomExperiment(
            experiment.root(),
            TRAINING,
            TeacherOutputs.LIVE,
            new RunOptions(3, List.of("teacher:liver"), false, 1, 1));
    StageRuns.run(request(forced));
    assertEquals(List.of(), resumed(forced.output()));
  }

  private static List<String> messages(PhantomExperiment experiment) {
    return EventTexts.messages(StageRuns.events(experiment.output()));
  }

  @Test
  void speedAfterResumingCountsOnlyNewSteps() throws IOException {
    try (EventLog log = EventLog.open(root)) {
      StageProgress progress = new StageProgress(log, "teacher liver", 1001);
      progress.resumed(1000);
      progress.step(1001, 0.5);
    }
    List<String> lines = Files.readAllLines(EventLog.fileIn(root));
    assertEquals(
        new Event.Resumed("teacher liver", 1000, 1001),
        ExperimentJson.read(lines.get(0), Event.class));
    Event.Progress last = (Event.Progress) ExperimentJson.read(lines.get(1), Event.class);
    // One step in however few nanoseconds: at most 1e9 a second, where 1001 would pass it.
    assertEquals(0, last.secondsLeft(), 1e-12);
    assertEquals(1001, last.step());
  }
}
