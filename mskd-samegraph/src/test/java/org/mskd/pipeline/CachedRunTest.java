package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.plan.CleanCost;
import org.mskd.pipeline.plan.ExperimentStatus;
import org.mskd.pipeline.request.CacheOptions;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.StageForecast.Outcome;

class CachedRunTest {
  @TempDir private Path root;

  private WorkerRequest request(String folder, long bytes) {
    WorkerRequest given =
        new TinyExperiment(root.resolve("data"), List.of("liver", "spleen"))
            .request(Goal.RUN, root.resolve(folder), 1);
    return given.withOptions(
        given.options().caching(Optional.of(new CacheOptions(root.resolve("cache"), bytes))));
  }

  /** The names of the stages that ran, and of those that were taken from the cache. */
  private record Ran(List<String> made, List<String> taken, List<String> messages) {}

  private Ran run(WorkerRequest request) throws IOException {
    Ran ran = new Ran(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Event event : StageRuns.run(request)) {
      if (event instanceof Event.StageDone done && !done.stage().equals("phantoms")) {
        ran.made().add(done.stage());
      } else if (event instanceof Event.Restored restored) {
        ran.taken().add(restored.stage());
      } else if (event instanceof Event.Message message) {
        ran.messages().add(message.text());
      }
    }
    return ran;
  }

  /** Without the states at the ends of trainings, which are not cached. */
  private Map<String, String> results(String folder) throws IOException {
    Map<String, String> results = TinyExperiment.results(root.resolve(folder));
    results.keySet().removeIf(path -> path.endsWith("training.ckpt"));
    return results;
  }

  @Test
  void afterACleanNothingIsTrained() throws IOException {
    long plenty = 1L << 30;
    Ran first = run(request("one", plenty));
    assertTrue(first.made().contains("student mskd"));
    assertEquals(List.of(), first.taken());
    Map<String, String> results = results("one");

    // Another output directory is what a clean leaves, or what another module has.
    WorkerRequest second = request("two", plenty);
    run(second.withGoal(Goal.MAKE_PHANTOMS)); // data that are not drawn are there anyway
    assertTrue(
        ExperimentStatus.of(second).stream()
            .filter(stage -> stage.id().startsWith("teacher"))
            .allMatch(stage -> stage.outcome() == Outcome.CACHED),
        ExperimentStatus.of(second).toString());
    Ran again = run(second);
    assertEquals(List.of(), again.made());
    assertTrue(again.taken().containsAll(List.of("teacher liver", "student mskd", "metrics")));
    assertEquals(results, results("two"));
    assertEquals(
        "mvn clean would cost nothing: %d results would come from the cache."
            .formatted(again.taken().size()),
        CleanCost.of(second).text());
  }

  @Test
  void aDamagedEntryIsMadeAgain() throws IOException {
    long plenty = 1L << 30;
    run(request("one", plenty));
    Map<String, String> results = results("one");
    Path model;
    try (var files = Files.walk(root.resolve("cache/teacher/liver"))) {
      model = files.filter(file -> file.endsWith("model.mskd")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
    Ran again = run(request("two", plenty));
    assertEquals(List.of("teacher liver"), again.made());
    assertTrue(
        again.messages().stream()
            .anyMatch(text -> text.startsWith("teacher liver: its cached result is damaged")),
        again.messages().toString());
    assertEquals(results, results("two"));
    // The damaged entry was replaced.
    assertFalse(run(request("three", plenty)).made().contains("teacher liver"));
  }

  @Test
  void withoutACacheACleanCostsEverything() throws IOException {
    WorkerRequest request = request("one", 1); // nothing fits
    Ran ran = run(request);
    assertTrue(ran.messages().stream().anyMatch(text -> text.contains("larger than <cacheSize>")));
    CleanCost cost = CleanCost.of(request);
    assertEquals(3, cost.trained());
    assertTrue(
        cost.text()
            .startsWith(
                "After mvn clean, %d stages would run again, 3 of them trainings"
                    .formatted(cost.lost().size())),
        cost.text());
  }
}
