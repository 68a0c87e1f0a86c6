package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class HistoryTest {
  @TempDir Path folder;

  @Test
  void isOneJsonObjectAnIteration() throws IOException {
    Path file = folder.resolve("teachers/liver/history.jsonl");
    try (History history = History.open(file)) {
      history.add(0, 0.5, 8, new StepResult(1.25, Map.of("diceLoss", 1.0, "crossEntropy", 0.25)));
      history.add(1, 0.25, 6.5, new StepResult(1, Map.of("crossEntropy", 0.5, "diceLoss", 0.5)));
      assertFalse(Files.exists(file), "not there before the training is done");
      history.finish();
    }
    assertEquals(
        List.of(
            "{\"gradientNorm\":8.0,\"iteration\":0,\"learningRate\":0.5,\"loss\":1.25,"
                + "\"terms\":{\"crossEntropy\":0.25,\"diceLoss\":1.0}}",
            "{\"gradientNorm\":6.5,\"iteration\":1,\"learningRate\":0.25,\"loss\":1.0,"
                + "\"terms\":{\"crossEntropy\":0.5,\"diceLoss\":0.5}}"),
        Files.readAllLines(file));
  }

  @Test
  void everyIterationHasEveryTerm() {
    try (History history = History.open(folder.resolve("history.jsonl"))) {
      history.add(0, 0.5, 8, new StepResult(1, Map.of("diceLoss", 1.0, "crossEntropy", 0.0)));
      for (Map<String, Double> terms :
          List.of(
              Map.of("diceLoss", 1.0),
              Map.of("diceLoss", 1.0, "crossEntropy", 0.0, "another", 0.0),
              Map.of("diceLoss", 1.0, "another", 0.0))) {
        assertThrows(
            IllegalArgumentException.class, () -> history.add(1, 0.5, 8, new StepResult(1, terms)));
      }
    }
  }

  @Test
  void whatAFailedTrainingWroteStaysUntilOneSucceeds() throws IOException {
    Path file = folder.resolve("history.jsonl");
    Path kept = folder.resolve("history.failed.jsonl");
    try (History history = History.open(file)) {
      assertEquals(kept, history.failedFile());
      history.add(0, 0.5, 2, new StepResult(1, Map.of()));
    }
    assertEquals(List.of(kept), files());
    assertEquals(
        List.of(
            "{\"gradientNorm\":2.0,\"iteration\":0,\"learningRate\":0.5,\"loss\":1.0,"
                + "\"terms\":{}}"),
        Files.readAllLines(kept));
    try (History history = History.open(file)) {
      history.finish();
    }
    assertEquals(List.of(file), files());
  }

  @Test
  void aTrainingThatNeverBeganLeavesNothing() throws IOException {
    History.open(folder.resolve("history.jsonl")).close();
    assertEquals(List.of(), files());
  }

  @Test
  void aLinkAtAGuessedNameIsNotWrittenThrough(@TempDir Path elsewhere) throws IOException {
    Path precious = Files.writeString(elsewhere.resolve("precious"), "kept");
    Files.createSymbolicLink(folder.resolve("history.jsonl.part"), precious);
    try (History history = History.open(folder.resolve("history.jsonl"))) {
      history.add(0, 0.5, 2, new StepResult(1, Map.of()));
      history.finish();
    }
    assertEquals("kept", Files.readString(precious));
    assertEquals(1, Files.readAllLines(folder.resolve("history.jsonl")).size());
  }

  @Test
  void aDraftThatIsALinkIsRefused(@TempDir Path elsewhere) throws IOException {
    Path precious = Files.writeString(elsewhere.resolve("precious"), "kept");
    CheckpointFolder checkpoints = new CheckpointFolder(folder.resolve("checkpoint"), "inputs");
    Files.createDirectories(checkpoints.history().getParent());
    Files.createSymbolicLink(checkpoints.history(), precious);
    Checkpointing checkpointing = new Checkpointing(checkpoints, 5, Optional.empty(), () -> false);
    assertThrows(
        BadInputException.class,
        () ->
            History.open(folder.resolve("history.jsonl"), folder.resolve("failed"), checkpointing)
                .close());
    assertEquals("kept", Files.readString(precious));
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
