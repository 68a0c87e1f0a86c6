package org.mskd.lock;

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
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.evaluation.CaseScores;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelCost;
import org.mskd.evaluation.ModelScore;
import org.mskd.problem.BadInputException;

class LockFileTest {
  @TempDir private Path folder;

  private static ExperimentLock lock(Map<String, String> machine) {
    ModelScore model =
        ModelScore.of(
            "mskd",
            new ModelCost(1, 1, 10),
            List.of(CaseScores.found("aa", "liver", .5, 3, 1), CaseScores.missed("bb", "liver")),
            1);
    return new ExperimentLock(
        new TreeMap<>(
            Map.of(
                "liver",
                LockedSet.of(
                    new TreeMap<>(
                        Map.of(
                            "aa",
                            new LockedCase(
                                new TreeMap<>(Map.of("image.nii.gz", "12")), Optional.empty()),
                            "bb",
                            new LockedCase(
                                new TreeMap<>(Map.of("image.nii.gz", "34")), Optional.of("x"))))))),
        new LockedEnvironment(
            new TreeMap<>(Map.of("g:a:1", "56")),
            new TreeMap<>(machine),
            new TreeMap<>(Map.of("threads", "2"))),
        Optional.of(new Metrics("test", 2, List.of(model))),
        new TreeMap<>(Map.of("training.epochs", "4")),
        new TreeMap<>(
            Map.of(
                "teacher/liver",
                new LockedStage(
                    "78",
                    new TreeMap<>(Map.of("seed", "1")),
                    new TreeMap<>(
                        Map.of("teachers/liver/model.mskd", new LockedOutput(9, "90")))))));
  }

  @Test
  void isReadAsWritten() throws IOException {
    ExperimentLock lock = lock(Map.of("os.name", "Linux"));
    Path file = folder.resolve("lock.json");
    LockFile.write(file, lock);
    assertEquals(LockFile.text(lock), LockFile.text(LockFile.read(file)));
    String text = Files.readString(file);
    assertTrue(text.endsWith("}\n") && !text.contains("\r"), "LF");
    // Keys are sorted.
    List<String> keys = text.lines().filter(line -> line.startsWith("  \"")).toList();
    assertEquals(keys.stream().sorted().toList(), keys);
    assertEquals(6, keys.size());
  }

  @Test
  void withoutScoresItHasNone() {
    ExperimentLock all = lock(Map.of());
    ExperimentLock lock =
        new ExperimentLock(
            all.data(), all.environment(), Optional.empty(), all.parameters(), all.stages());
    Path file = folder.resolve("lock.json");
    LockFile.write(file, lock);
    assertEquals(lock, LockFile.read(file));
  }

  @Test
  void theMachineIsNoResult() {
    assertTrue(lock(Map.of("os.name", "Linux")).isSameResult(lock(Map.of("os.name", "Mac"))));
    ExperimentLock one = lock(Map.of());
    assertFalse(
        one.isSameResult(
            new ExperimentLock(
                one.data(),
                one.environment(),
                one.metrics(),
                new TreeMap<>(Map.of("training.epochs", "5")),
                one.stages())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"schema\": 1}",
        "{\"schema\": 2, \"stages\": {}, \"parameters\": {}}",
        "{\"schema\": 1, \"stages\": {}, \"parameters\": {}, \"metrics\": 1}",
        "{\"schema\": 1, \"stages\": [], \"parameters\": {}}",
        "{\"schema\": 1, \"stages\": {\"a\": null}, \"parameters\": {}}",
        "{\"schema\": 1, \"stages\": {}, \"parameters\": {}, \"more\": 1}"
      })
  void anythingElseIsRefusedByName(String text) throws IOException {
    Path file = folder.resolve("other.json");
    Files.writeString(file, text);
    BadInputException e = assertThrows(BadInputException.class, () -> LockFile.read(file));
    assertTrue(e.problem().startsWith(file + " cannot be used: "), e.problem());
  }

  @Test
  void metricsAreNoLock() {
    Path file = folder.resolve("metrics.json");
    MetricsFile.write(file, lock(Map.of()).metrics().orElseThrow());
    BadInputException e = assertThrows(BadInputException.class, () -> LockFile.read(file));
    assertTrue(e.problem().contains("it is no lock"), e.problem());
  }
}
