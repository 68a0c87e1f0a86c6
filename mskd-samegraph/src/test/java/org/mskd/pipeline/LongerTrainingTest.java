package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Method;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.method.MskdMethod;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.plan.ExperimentStatus;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.StageForecast;
import org.mskd.training.TrainingCancelled;

/** Trainings that are continued for more epochs, against trainings from scratch. */
class LongerTrainingTest {
  /** Everything that has a state: patience, averages, the largest moments; a warm-up. */
  private static final Training SHORT =
      new Training(
              2,
              2,
              2,
              1e-2,
              0.5,
              0,
              new Plateau(0.5, 1, 0.5, PlateauSignal.AVERAGE),
              new Adam(true, 1e-3, 12),
              1)
          .toBuilder().warmupIterations(3).weightAverage(0.6).build();

  private static final Training LONG = SHORT.toBuilder().epochs(4).build();
  private static final String CONTINUING =
      "teacher liver: continuing at iteration 4 of 8, from the finished training of 2 epochs";

  @TempDir Path root;

  private PhantomExperiment experiment(String name, Training training) {
    return experiment(name, training, 1);
  }

  private PhantomExperiment experiment(String name, Training training, int keep) {
    return new PhantomExperiment(
        root.resolve(name),
        training,
        TeacherOutputs.LIVE,
        new RunOptions(3, List.of(), false, 1, keep));
  }

  private static WorkerRequest teachers(PhantomExperiment experiment) {
    return experiment.request(Goal.TRAIN_TEACHERS);
  }

  private static WorkerRequest holdingOut(PhantomExperiment experiment) {
    return PhantomExperiment.holdingOut(teachers(experiment));
  }

  private static WorkerRequest students(PhantomExperiment experiment) {
    return experiment.request(
        Goal.DISTILL,
        List.of(
            MskdMethod.student(Distillation.DEFAULT),
            new Method("co-training", "co-training", new TreeMap<>(Map.of("rampUp", "5")))));
  }

  /** The messages and warnings of a run. */
  private static List<String> run(WorkerRequest request) {
    return EventTexts.of(StageRuns.run(request));
  }

  private static Path end(PhantomExperiment experiment) {
    return experiment.output().resolve("teachers/liver/training.ckpt");
  }

  private static void assertSame(PhantomExperiment expected, PhantomExperiment found)
      throws IOException {
    assertTrue(Files.exists(end(found)));
    assertEquals(
        List.of(),
        found.differences(expected).stream()
            .filter(path -> !path.startsWith("mskd/kept/"))
            .toList());
  }

  private static void assertContains(List<String> messages, String text) {
    assertTrue(messages.contains(text), () -> text + " is not in " + messages);
  }

  private static String status(WorkerRequest request, String id) {
    return ExperimentStatus.of(request).stream()
        .filter(stage -> stage.id().equals(id))
        .map(stage -> stage.outcome() + " " + stage.reason())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTeacherEndsWithTheBytesOfATrainingFromScratch() throws IOException {
    PhantomExperiment first = experiment("teacher", SHORT);
    run(teachers(first));
    PhantomExperiment longer = experiment("teacher", LONG);
    assertEquals(
        StageForecast.Outcome.RESUME + " at iteration 4: epochs 2 -> 4",
        status(teachers(longer), "teacher/liver"));
    List<String> messages = run(teachers(longer));
    assertContains(messages, "teacher liver: epochs 2 -> 4");
    assertContains(messages, CONTINUING);
    PhantomExperiment scratch = experiment("teacher from scratch", LONG);
    List<String> others = run(teachers(scratch));
    assertTrue(others.stream().noneMatch(text -> text.contains("continuing")), others::toString);
    assertSame(scratch, longer);
    assertEquals("UP_TO_DATE ", status(teachers(longer), "teacher/liver"));
    PhantomExperiment again = experiment("teacher", LONG.toBuilder().epochs(5).build());
    assertContains(
        run(teachers(again)),
        "teacher liver: continuing at iteration 8 of 10, from the finished training of 4 epochs");
  }

  @Test
  void withScoresOfHeldOutSubjectsToo() throws IOException {
    PhantomExperiment first = experiment("validated", SHORT);
    run(holdingOut(first));
    PhantomExperiment longer = experiment("validated", LONG);
    assertContains(run(holdingOut(longer)), CONTINUING);
    PhantomExperiment scratch = experiment("validated from scratch", LONG);
    run(holdingOut(scratch));
    Path history = scratch.output().resolve("teachers/liver/history.jsonl");
    assertTrue(Files.readString(history).contains("\"validation\""));
    assertSame(scratch, longer);
  }

  @Test
  void studentsToo() throws IOException {
    PhantomExperiment first = experiment("students", LONG.toBuilder().studentEpochs(2).build());
    run(students(first));
    Training more = LONG.toBuilder().studentEpochs(5).build();
    PhantomExperiment longer = experiment("students", more);
    List<String> messages = run(students(longer));
    for (String student : List.of("mskd", "co-training")) {
      assertContains(
          messages,
          "student "
              + student
              + ": continuing at iteration 4 of 10, from the finished training of 2 epochs");
    }
    PhantomExperiment scratch = experiment("students from scratch", more);
    run(students(scratch));
    assertSame(scratch, longer);
  }

  /** Whether it is continued depends on the slices that were stored. */
  @Test
  void aStudentOfStoredOutputsEndsWithTheSameBytes() throws IOException {
    RunOptions options = new RunOptions(3, List.of(), false, 1, 1);
    Training more = LONG.toBuilder().studentEpochs(5).build();
    Path folder = root.resolve("stored");
    PhantomExperiment first =
        new PhantomExperiment(
            folder, LONG.toBuilder().studentEpochs(2).build(), TeacherOutputs.DEFAULT, options);
    run(first.request(Goal.DISTILL));
    PhantomExperiment longer = new PhantomExperiment(folder, more, TeacherOutputs.DEFAULT, options);
    run(longer.request(Goal.DISTILL));
    PhantomExperiment scratch =
        new PhantomExperiment(
            root.resolve("stored from scratch"), more, TeacherOutputs.DEFAULT, options);
    run(scratch.request(Goal.DISTILL));
    assertSame(scratch, longer);
  }

  @Test
  void aContinuedTrainingCanBeInterrupted() throws IOException {
    PhantomExperiment first = experiment("interrupted", SHORT);
    run(teachers(first));
    PhantomExperiment longer = experiment("interrupted", LONG);
    assertThrows(TrainingCancelled.class, () -> StageRuns.cancelled(teachers(longer)));
    assertContains(EventTexts.of(StageRuns.events(longer.output())), CONTINUING);
    List<String> messages = run(teachers(longer));
    assertTrue(messages.stream().noneMatch(text -> text.contains("continuing")));
    assertTrue(
        StageRuns.events(longer.output()).contains(new Event.Resumed("teacher liver", 5, 8)),
        "not resumed");
    PhantomExperiment scratch = experiment("not interrupted", LONG);
    run(teachers(scratch));
    assertSame(scratch, longer);
  }

  @Test
  void aDamagedOrMissingStateIsNotUsed() throws IOException {
    PhantomExperiment first = experiment("damaged", SHORT);
    run(teachers(first));
    byte[] bytes = Files.readAllBytes(end(first));
    bytes[bytes.length / 2] ^= 1;
    Files.write(end(first), bytes);
    PhantomExperiment longer = experiment("damaged", LONG);
    assertEquals("RUN", status(teachers(longer), "teacher/liver").split(" ")[0]);
    List<String> messages = run(teachers(longer));
    assertContains(messages, end(first) + " is damaged (its checksum is wrong) and is not used.");
    assertContains(messages, "teacher liver: training starts at iteration 0");
    PhantomExperiment scratch = experiment("damaged from scratch", LONG);
    run(teachers(scratch));
    assertSame(scratch, longer);
    Files.delete(end(longer));
    PhantomExperiment longest = experiment("damaged", LONG.toBuilder().epochs(5).build());
    assertContains(
        run(teachers(longest)),
        "teacher liver: epochs 4 -> 5: training starts at iteration 0, since the state at the end"
            + " of the last one was not kept");
  }

  @Test
  void theStateOfAnotherTrainingIsNotUsed() throws IOException {
    PhantomExperiment other = experiment("other", SHORT.with(Adam.PLAIN));
    run(teachers(other));
    PhantomExperiment first = experiment("mixed", SHORT);
    run(teachers(first));
    Files.copy(end(other), end(first), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    PhantomExperiment longer = experiment("mixed", LONG);
    assertContains(
        run(teachers(longer)),
        "teacher liver: epochs 2 -> 4: training starts at iteration 0, since the state at the end"
            + " of the last one was not kept");
  }

  @Test
  void aForcedTrainingStartsAtIteration0() throws IOException {
    PhantomExperiment first = experiment("forced", SHORT);
    run(teachers(first));
    PhantomExperiment longer =
        new PhantomExperiment(
            root.resolve("forced"),
            LONG,
            TeacherOutputs.LIVE,
            new RunOptions(3, List.of("teacher:liver"), false, 1, 1));
    assertContains(
        run(teachers(longer)), "teacher liver: <rerun> names it: training starts at iteration 0");
  }

  @Test
  void theHistoryMustBeThatOfTheState() throws IOException {
    PhantomExperiment first = experiment("history", SHORT);
    run(teachers(first));
    Path history = end(first).resolveSibling("history.jsonl");
    Files.writeString(history, Files.readString(history).replaceFirst("\\d\\.\\d", "9.9"));
    PhantomExperiment longer = experiment("history", LONG);
    List<String> messages = run(teachers(longer));
    assertContains(
        messages,
        end(first) + " belongs to lines that " + history + " does not have and is not used.");
    PhantomExperiment scratch = experiment("history from scratch", LONG);
    run(teachers(scratch));
    assertEquals(
        Files.readString(end(scratch).resolveSibling("history.jsonl")), Files.readString(history));
  }

  @Test
  void anotherDifferenceStartsAtIteration0() throws IOException {
    PhantomExperiment first = experiment("changed", SHORT);
    run(teachers(first));
    for (Training other :
        List.of(
            LONG.toBuilder().learningRate(2e-2).build(),
            LONG.with(Adam.PLAIN),
            LONG.toBuilder().iterationsPerEpoch(3).build(),
            LONG.toBuilder().weightAverage(0.7).build(),
            LONG.toBuilder().warmupIterations(2).build(),
            SHORT.toBuilder().epochs(1).warmupIterations(1).build())) {
      PhantomExperiment changed = experiment("changed", other);
      assertEquals("RUN", status(teachers(changed), "teacher/liver").split(" ")[0]);
    }
    assertEquals("UP_TO_DATE ", status(teachers(first), "teacher/liver"));
    PhantomExperiment changed = experiment("changed", LONG.toBuilder().learningRate(2e-2).build());
    assertContains(
        run(teachers(changed)),
        "teacher liver: epochs 2 -> 4, learningRate 0.01 -> 0.02: training starts at iteration 0");
  }

  @Test
  void aScheduleOfTheWholeTrainingStartsAtIteration0() throws IOException {
    Training cosine = SHORT.with(new Schedule.Cosine());
    PhantomExperiment first = experiment("cosine", cosine);
    run(teachers(first));
    assertFalse(Files.exists(end(first)), "of no use");
    PhantomExperiment longer = experiment("cosine", cosine.toBuilder().epochs(4).build());
    assertEquals("RUN epochs 2 -> 4", status(teachers(longer), "teacher/liver"));
    assertContains(
        run(teachers(longer)),
        "teacher liver: epochs 2 -> 4: training starts at iteration 0, since the learning rate of"
            + " cosine depends on the number of epochs");
  }

  @Test
  void aMethodOfTheWholeTrainingStartsAtIteration0() throws IOException {
    List<Method> methods =
        List.of(new Method("pann", "pann", new TreeMap<>(Map.of("priorWeight", "0"))));
    Training training = LONG.toBuilder().studentEpochs(2).build();
    PhantomExperiment first = experiment("pann", training);
    run(first.request(Goal.DISTILL, methods));
    PhantomExperiment longer = experiment("pann", LONG.toBuilder().studentEpochs(3).build());
    assertContains(
        run(longer.request(Goal.DISTILL, methods)),
        "student pann: epochs 2 -> 3: training starts at iteration 0, since the loss of pann"
            + " depends on the number of epochs");
  }

  @Test
  void withoutKeptResultsNoStateIsKept() throws IOException {
    PhantomExperiment first = experiment("keep", SHORT, 0);
    run(teachers(first));
    assertFalse(Files.exists(end(first)));
  }

  @Test
  void aKeptResultThatIsRestoredIsNotContinuedFromTheStateOfAnother() throws IOException {
    PhantomExperiment first = experiment("restored", SHORT);
    run(teachers(first));
    PhantomExperiment longer = experiment("restored", LONG);
    run(teachers(longer));
    run(teachers(first)); // its model was kept, its state was not
    PhantomExperiment between = experiment("restored", SHORT.toBuilder().epochs(3).build());
    assertContains(
        run(teachers(between)),
        "teacher liver: epochs 2 -> 3: training starts at iteration 0, since the state at the end"
            + " of the last one was not kept");
    PhantomExperiment scratch =
        experiment("restored from scratch", SHORT.toBuilder().epochs(3).build());
    run(teachers(scratch));
    assertSame(scratch, between);
  }
}
