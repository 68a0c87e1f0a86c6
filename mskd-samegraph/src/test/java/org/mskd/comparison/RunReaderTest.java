package org.mskd.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.evaluation.CaseScores;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelCost;
import org.mskd.evaluation.ModelScore;
import org.mskd.lock.ExperimentLock;
import org.mskd.lock.LockFile;
import org.mskd.lock.LockedEnvironment;
import org.mskd.problem.BadInputException;

class RunReaderTest {
  @TempDir private Path folder;

  private static Metrics metrics(String id) {
    return new Metrics(
        "t",
        2,
        List.of(
            ModelScore.of(
                "mskd",
                new ModelCost(1, 1, 10),
                List.of(CaseScores.found(id, "liver", .5, 3, 1)),
                1)));
  }

  private Path lock(String name, Optional<Metrics> metrics) {
    Path file = folder.resolve(name);
    LockFile.write(
        file,
        new ExperimentLock(
            new TreeMap<>(),
            new LockedEnvironment(
                new TreeMap<>(), new TreeMap<>(), new TreeMap<>(Map.of("threads", "2"))),
            metrics,
            new TreeMap<>(Map.of("seed", "1")),
            new TreeMap<>()));
    return file;
  }

  private static String problem(Map<String, Path> paths) {
    return assertThrows(BadInputException.class, () -> RunReader.read(paths)).getMessage();
  }

  private static Map<String, Path> paths(Path... files) {
    Map<String, Path> paths = new LinkedHashMap<>();
    for (Path file : files) {
      paths.put(file.getFileName().toString(), file);
    }
    return paths;
  }

  @Test
  void locksAreFoundInFoldersAndComeFirst() {
    lock("one/target/mskd/lock.json", Optional.of(metrics("digest")));
    MetricsFile.write(folder.resolve("one/target/mskd/evaluation/metrics.json"), metrics("name"));
    lock("two/lock.json", Optional.of(metrics("digest")));
    List<ComparedRun> runs = RunReader.read(paths(folder.resolve("one"), folder.resolve("two")));
    assertEquals(List.of("one", "two"), runs.stream().map(ComparedRun::name).toList());
    for (ComparedRun run : runs) {
      assertEquals("digest", run.metrics().models().get(0).cases().get(0).id());
      assertEquals("2", run.settings().get("environment.threads"));
      assertEquals("1", run.settings().get("seed"));
    }
  }

  /** A metrics.json has names only, so the folder's metrics.json takes the place of its lock. */
  @Test
  void namesAreUsedWhereARunHasNoDigests() {
    lock("one/lock.json", Optional.of(metrics("digest")));
    MetricsFile.write(folder.resolve("one/evaluation/metrics.json"), metrics("name"));
    MetricsFile.write(folder.resolve("plain.json"), metrics("name"));
    List<ComparedRun> runs =
        RunReader.read(paths(folder.resolve("one"), folder.resolve("plain.json")));
    for (ComparedRun run : runs) {
      assertEquals("name", run.metrics().models().get(0).cases().get(0).id());
    }
    assertTrue(runs.get(1).settings().isEmpty());
  }

  @Test
  void whatCannotBeComparedIsNamed() {
    Path lock = lock("alone.lock.json", Optional.of(metrics("digest")));
    Path empty = lock("empty.lock.json", Optional.empty());
    MetricsFile.write(folder.resolve("plain.json"), metrics("name"));
    Path plain = folder.resolve("plain.json");
    assertTrue(problem(paths(lock)).contains("Fewer than two"));
    assertTrue(problem(paths(lock, empty)).contains("empty.lock.json has no scores"));
    assertTrue(problem(paths(lock, plain)).contains("Name the output directory in place of alone"));
    assertTrue(problem(paths(lock, folder.resolve("gone"))).contains("gone does not exist"));
    assertTrue(
        problem(paths(lock, folder)).contains("holds no lock.json"), problem(paths(lock, folder)));
  }
}
