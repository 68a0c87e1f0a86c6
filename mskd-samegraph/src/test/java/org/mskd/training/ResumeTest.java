package org.mskd.training;

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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Training;
import org.mskd.problem.BadInputException;

/** A training that is resumed from its checkpoints, against one that is not interrupted. */
class ResumeTest {
  private static final int ITERATIONS = 18;
  private static final int EVERY = 4;
  private static final String INPUTS = "the inputs";

  /** Epochs of three; the rate falls where the average has not gained 0.25 for two. */
  private static final Training SETTINGS = settings(new Adam(true, 0.01, 3));

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();
  private float[] expectedValues;
  private byte[] expectedHistory;

  private static Training settings(Adam adam) {
    return new Training(
        1,
        3,
        ITERATIONS / 3,
        0.5,
        0.33,
        0,
        new Plateau(0.5, 1, 0.25, PlateauSignal.AVERAGE),
        adam,
        0);
  }

  /** No two alike, and none a round number. */
  private static StepResult loss(int iteration) {
    double value = 1 / (1.7 + Math.sin(iteration));
    return new StepResult(value, Map.of("organ", value));
  }

  private static Batch batch(int iteration) {
    return new Batch(
        1,
        new float[] {iteration},
        Optional.empty(),
        List.of("slice " + iteration),
        Optional.empty());
  }

  @BeforeEach
  void trainAtAStretch() throws IOException {
    Path other = folder.resolve("other/history.jsonl");
    try (ScriptedNetwork network = new ScriptedNetwork(ResumeTest::loss);
        History history = History.open(other);
        PrefetchedBatches ahead =
            new PrefetchedBatches(ResumeTest::batch, 0, ITERATIONS, System::nanoTime)) {
      new TrainingLoop(SETTINGS, history, (done, of, loss) -> {}).train("t", network, ahead);
      history.finish();
      expectedValues = values(network);
    }
    expectedHistory = Files.readAllBytes(other);
    Set<String> rates = new TreeSet<>();
    for (String line : Files.readAllLines(other)) {
      rates.add(line.replaceAll(".*learningRate\":([^,]*),.*", "$1"));
    }
    assertTrue(rates.size() > 1, "the schedule did nothing: " + rates);
  }

  private static float[] values(ScriptedNetwork network) {
    return org.mskd.graph.kernel.HostFloats.copy(
        network.models().get(0).session().parameter("good"));
  }

  private Path checkpoints() {
    return folder.resolve("training/checkpoint");
  }

  private Path history() {
    return folder.resolve("training/history.jsonl");
  }

  /** Resumes the training from its newest checkpoint; returns the first iteration. */
  private int train(String inputs, IntPredicate cancelAfter) throws IOException {
    CheckpointFolder kept = new CheckpointFolder(checkpoints(), inputs);
    int[] done = {0};
    Checkpointing checkpointing =
        new Checkpointing(kept, EVERY, kept.newest(warnings::add), () -> cancelAfter.test(done[0]));
    int first = checkpointing.first();
    try (ScriptedNetwork network = new ScriptedNetwork(i -> loss(first + i));
        History history =
            History.open(
                history(), folder.resolve("training/history.failed.jsonl"), checkpointing);
        PrefetchedBatches ahead =
            new PrefetchedBatches(ResumeTest::batch, first, ITERATIONS, System::nanoTime)) {
      new TrainingLoop(
              SETTINGS, history, (step, of, loss) -> done[0] = step, Optional.of(checkpointing))
          .train("teacher liver", network, ahead);
      history.finish();
      assertArrayEquals(expectedValues, values(network), "the bits differ");
    }
    assertArrayEquals(expectedHistory, Files.readAllBytes(history()));
    assertFalse(Files.exists(history().resolveSibling("history.failed.jsonl")));
    return first;
  }

  private void cancelAfter(int iteration) {
    assertThrows(TrainingCancelled.class, () -> train(INPUTS, done -> done == iteration));
    assertFalse(Files.exists(history()));
    assertFalse(Files.exists(history().resolveSibling("history.failed.jsonl")));
  }

  private List<String> kept() throws IOException {
    try (var files = Files.list(checkpoints())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 17, 18})
  void cancelledOnceItEndsWithTheSameBits(int iteration) throws IOException {
    cancelAfter(iteration);
    assertEquals(iteration, train(INPUTS, done -> false));
    assertEquals(List.of(), warnings);
  }

  @Test
  void cancelledAfterEachIterationItEndsWithTheSameBits() throws IOException {
    for (int iteration = 1; iteration <= ITERATIONS; iteration++) {
      cancelAfter(iteration);
    }
    assertEquals(ITERATIONS, train(INPUTS, done -> false));
  }

  @Test
  void twoAreKept() throws IOException {
    cancelAfter(15);
    assertEquals(List.of("0000012.ckpt", "0000015.ckpt", "history.jsonl"), kept());
  }

  /** A kill leaves lines and checkpoints as they are, and perhaps half a file. */
  @Test
  void linesAfterTheCheckpointAndHalfFilesDoNotCount() throws IOException {
    cancelAfter(15);
    Files.delete(checkpoints().resolve("0000015.ckpt"));
    Path half = checkpoints().resolve(".0000016.ckpt.0123456789abcdef.part");
    Files.writeString(half, "half");
    assertEquals(12, train(INPUTS, done -> false));
    assertFalse(Files.exists(half), "nothing else would ever remove it");
    assertEquals(List.of(), warnings);
  }

  @Test
  void aDamagedOneIsNamedAndTheOneBeforeUsed() throws IOException {
    cancelAfter(15);
    Path newest = checkpoints().resolve("0000015.ckpt");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 4;
    Files.write(newest, bytes);
    assertEquals(12, train(INPUTS, done -> false));
    assertEquals(
        List.of(newest + " is damaged (its checksum is wrong) and is not used."), warnings);
  }

  @Test
  void withoutACompleteOneItBeginsAtIterationZero() throws IOException {
    cancelAfter(15);
    for (String name : List.of("0000012.ckpt", "0000015.ckpt")) {
      Files.write(checkpoints().resolve(name), new byte[0]);
    }
    assertEquals(0, train(INPUTS, done -> false));
    assertEquals(2, warnings.size(), warnings::toString);
  }

  @Test
  void oneOfOtherInputsIsReportedAndDeleted() throws IOException {
    cancelAfter(15);
    assertEquals(0, train("other inputs", done -> false));
    assertEquals(2, warnings.size(), warnings::toString);
    for (String line : warnings) {
      assertTrue(line.contains("other parameters, data or code and is not used"), line);
    }
    assertEquals(
        List.of("0000012.ckpt", "0000016.ckpt", "history.jsonl").subList(1, 3),
        kept().subList(1, 3));
    assertFalse(kept().contains("0000015.ckpt"));
  }

  @Test
  void withoutTheLinesThatGoWithItNoneIsUsed() throws IOException {
    cancelAfter(15);
    Path lines = checkpoints().resolve("history.jsonl");
    byte[] bytes = Files.readAllBytes(lines);
    bytes[bytes.length - 2] ^= 1; // in the last line: the older checkpoint goes with those before
    Files.write(lines, bytes);
    assertEquals(12, train(INPUTS, done -> false));
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains(lines.toString()), warnings.get(0));
  }

  @Test
  void aRenamedOneIsNotTakenForALaterOne() throws IOException {
    cancelAfter(15);
    Files.move(checkpoints().resolve("0000012.ckpt"), checkpoints().resolve("0000017.ckpt"));
    assertEquals(15, train(INPUTS, done -> false));
    assertEquals(1, warnings.size(), warnings::toString);
  }

  @Test
  void oneOfAnotherNetworkIsRefusedBeforeAnythingIsChanged() throws IOException {
    cancelAfter(5);
    CheckpointFolder kept = new CheckpointFolder(checkpoints(), INPUTS);
    Checkpoint checkpoint = kept.newest(warnings::add).orElseThrow();
    try (ScriptedNetwork network = new ScriptedNetwork(ResumeTest::loss)) {
      float[] before = values(network);
      TrainingProgress progress = new TrainingProgress(settings(Adam.PLAIN), network);
      BadInputException e =
          assertThrows(BadInputException.class, () -> progress.restore(checkpoint));
      assertTrue(e.problem().contains("0000005.ckpt"), e.problem());
      assertArrayEquals(before, values(network));
      assertEquals(0, progress.iteration());
    }
  }

  /** A failed training can be resumed once the cause is removed, such as a full disk. */
  @Test
  void aFailureLeavesTheCheckpointsAndTheirLines() throws IOException {
    IllegalStateException failure = new IllegalStateException("a full disk, in a test");
    assertEquals(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                train(
                    INPUTS,
                    done -> {
                      if (done == 10) {
                        throw failure;
                      }
                      return false;
                    })));
    Path failed = history().resolveSibling("history.failed.jsonl");
    assertEquals(10, Files.readAllLines(failed).size());
    assertEquals(8, train(INPUTS, done -> false));
  }
}
