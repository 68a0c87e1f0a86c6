package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.SeedSpread;
import org.mskd.lock.ExperimentLock;
import org.mskd.lock.LockFile;
import org.mskd.pipeline.plan.ExperimentPlan;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.Stage;

/** Two replicates beside a single run of each seed. */
class ReplicatesTest {
  @TempDir private static Path root;

  private static WorkerRequest request(String folder, long seed, int replicates) {
    WorkerRequest given =
        new TinyExperiment(root.resolve("data"), List.of("liver", "spleen"))
            .request(Goal.RUN, root.resolve(folder), 1);
    return given.withExperiment(
        given.experiment().orElseThrow().toBuilder().seed(seed).replicates(replicates).build());
  }

  @BeforeAll
  static void runAll() {
    StageRuns.locked(request("both", 5, 2));
    StageRuns.locked(request("first", 5, 1));
    StageRuns.locked(request("second", 6, 1));
  }

  private static byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(root.resolve(file));
  }

  @Test
  void eachReplicateIsTheRunOfItsSeed() throws IOException {
    for (String model : List.of("teachers/liver", "teachers/spleen", "methods/mskd")) {
      String file = model + "/model.mskd";
      assertArrayEquals(bytes("first/" + file), bytes("both/" + file), file);
      assertArrayEquals(bytes("second/" + file), bytes("both/replicates/2/" + file), file);
    }
    assertArrayEquals(
        bytes("second/evaluation/mskd/scores.json"),
        bytes("both/replicates/2/evaluation/mskd/scores.json"));
    assertFalse(Files.exists(root.resolve("both/replicates/2/prepared")), "prepared once");
  }

  @Test
  void theMetricsHaveBothSeeds() {
    Metrics both = MetricsFile.read(root.resolve("both/evaluation/metrics.json"));
    assertEquals(List.of(5L, 6L), both.replicates().orElseThrow().seeds());
    SeedSpread dice = both.replicates().orElseThrow().of("mskd", "mean", "dice").orElseThrow();
    for (int i = 0; i < 2; i++) {
      String folder = i == 0 ? "first" : "second";
      Metrics single = MetricsFile.read(root.resolve(folder + "/evaluation/metrics.json"));
      assertTrue(single.replicates().isEmpty());
      assertEquals(
          single.models().get(1).meanDice().orElseThrow(),
          dice.values().get(i).orElseThrow(),
          1e-9);
    }
    Metrics first = MetricsFile.read(root.resolve("first/evaluation/metrics.json"));
    assertEquals(first.models(), both.models());
  }

  @Test
  void theLockHasAllReplicatesAndNoNames() throws IOException {
    ExperimentLock lock = LockFile.read(root.resolve("both/lock.json"));
    assertEquals("2", lock.parameters().get("replicates"));
    assertTrue(lock.stages().containsKey("student/mskd/replicate-2"));
    assertTrue(lock.metrics().orElseThrow().replicates().isPresent());
    TreeMap<String, ?> outputs =
        new TreeMap<>(lock.stages().get("evaluate/mskd/replicate-2").outputs());
    assertTrue(
        outputs.keySet().stream().noneMatch(path -> path.contains("test-001")), outputs.toString());
  }

  /** The results of a single run are those of the first replicate. */
  @Test
  void replicatesCanBeAddedToAFinishedRun() throws IOException {
    List<String> before = List.of("teacher/liver", "student/mskd", "evaluate/mskd");
    List<Stage> stages = ExperimentPlan.of(request("first", 5, 2)).stages();
    List<String> ids = stages.stream().map(Stage::id).toList();
    assertTrue(ids.containsAll(before));
    assertTrue(ids.contains("teacher/liver/replicate-2"));
    byte[] model = bytes("first/methods/mskd/model.mskd");
    Path copy = root.resolve("grown");
    try (var files = Files.walk(root.resolve("first"))) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(root.resolve("first").relativize(file));
        Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    java.nio.file.attribute.FileTime time =
        Files.getLastModifiedTime(copy.resolve("methods/mskd/model.mskd"));
    StageRuns.locked(request("grown", 5, 2));
    assertArrayEquals(model, bytes("grown/methods/mskd/model.mskd"));
    assertEquals(time, Files.getLastModifiedTime(copy.resolve("methods/mskd/model.mskd")));
    assertArrayEquals(
        bytes("both/evaluation/metrics.json"), bytes("grown/evaluation/metrics.json"));
  }
}
