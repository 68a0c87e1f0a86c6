package org.mskd.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.TestJvm;
import org.mskd.pipeline.WorkerProcesses;
import org.mskd.pipeline.event.EventLog;

/** Finished results when a stage runs with other inputs. */
class KeptResultsTest {
  @TempDir Path output;
  private final List<String> ran = new ArrayList<>();

  private static CopyStage stage(Path output, String value, List<String> ran) {
    CopyStage stage = new CopyStage(output, "a", value, ran);
    stage.kept = true;
    return stage;
  }

  private void run(int keep, String... values) {
    for (String value : values) {
      try (EventLog events = EventLog.open(output)) {
        new StageRunner(new RunSettings(output, events, new FileDigests()).keeping(keep))
            .complete()
            .run(new StageGraph(List.of(stage(output, value, ran))));
      }
    }
  }

  /** The contents of all results below a folder. */
  private static Set<String> results(Path folder) {
    Set<String> results = new HashSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.endsWith("value.txt")).toList()) {
        results.add(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return results;
  }

  private String events() throws IOException {
    return Files.readString(EventLog.fileIn(output));
  }

  @Test
  void theLastResultIsKeptAndRestoredWithoutWork() throws IOException {
    run(1, "1", "2");
    assertEquals(Set.of("1"), results(output.resolve("kept")));
    run(1, "1");
    assertTrue(events().contains("\"why\":\"value 2 -> 1\""), events());
    run(1, "2", "1", "2");
    assertEquals(2, ran.size());
    assertEquals("2", Files.readString(output.resolve("a/value.txt")));
    assertEquals(Set.of("1"), results(output.resolve("kept")));
  }

  @Test
  void noMoreAreKeptThanConfiguredAndTheOldestAreRemovedFirst() {
    run(2, "1", "2", "3", "4");
    assertEquals(Set.of("2", "3"), results(output.resolve("kept")));
    run(2, "2");
    assertEquals(4, ran.size(), "it was kept");
    run(2, "1");
    assertEquals(5, ran.size(), "it was not");
  }

  @Test
  void noneIsKeptWithKeepZero() {
    run(0, "1", "2");
    assertFalse(Files.exists(output.resolve("kept")));
    run(1, "3");
    assertTrue(Files.exists(output.resolve("kept")));
    run(0, "4");
    assertFalse(Files.exists(output.resolve("kept")), "nor is one from before");
  }

  @Test
  void onlyRecordedFilesOfAKeptResultAreRemoved() throws IOException {
    run(1, "1", "2");
    Path kept;
    try (Stream<Path> files = Files.walk(output.resolve("kept"))) {
      kept = files.filter(path -> path.endsWith("value.txt")).findFirst().orElseThrow();
    }
    Path mine = Files.writeString(kept.resolveSibling("mine.txt"), "mine");
    run(1, "3", "4");
    assertFalse(Files.exists(kept));
    assertEquals("mine", Files.readString(mine));
  }

  @Test
  void userFilesBesideAKeptResultAreMovedAsideAndNotInstalled() throws IOException {
    run(1, "1", "2");
    Path kept;
    try (Stream<Path> files = Files.walk(output.resolve("kept"))) {
      kept = files.filter(path -> path.endsWith("stamp.json")).findFirst().orElseThrow();
    }
    Files.writeString(kept.resolveSibling("README.txt"), "mine");
    run(1, "1");
    assertFalse(Files.exists(output.resolve("README.txt")));
    assertEquals("mine", Files.readString(output.resolve("kept/unrecorded/copy/a/README.txt")));
  }

  @Test
  void aDamagedResultIsNeitherKeptNorRestored() throws IOException {
    run(1, "1");
    Files.writeString(output.resolve("a/value.txt"), "damaged");
    run(1, "2");
    assertFalse(Files.exists(output.resolve("kept")));
    run(1, "3");
    for (Path file : List.of(output.resolve("kept"))) {
      try (Stream<Path> files = Files.walk(file)) {
        Path kept = files.filter(path -> path.endsWith("value.txt")).findFirst().orElseThrow();
        Files.writeString(kept, "damaged");
      }
    }
    run(1, "2");
    assertEquals("2", Files.readString(output.resolve("a/value.txt")));
    assertEquals(4, ran.size(), "it was made again");
  }

  @Test
  void aStampWithPathsOutsideItsFolderIsIgnored(@TempDir Path elsewhere) throws IOException {
    Path precious = Files.writeString(elsewhere.resolve("precious"), "kept");
    run(1, "1");
    Path stamp = StageStamp.fileOf(output, "copy/a");
    String path = output.relativize(precious).toString();
    Files.writeString(stamp, Files.readString(stamp).replace("a/value.txt", path));
    run(0, "2");
    assertEquals("kept", Files.readString(precious));
  }

  /** Runs the stage with 1, 2, 1, 2, ... until it is killed. */
  static final class Alternate {
    private Alternate() {}

    public static void main(String[] arguments) {
      Path output = Path.of(arguments[0]);
      List<String> ran = new ArrayList<>();
      for (int i = 0; ; i++) {
        try (EventLog events = EventLog.open(output)) {
          new StageRunner(
                  new RunSettings(output, events, new FileDigests())
                      .forcing(i % 3 == 0 ? Set.of("copy/a") : Set.of()))
              .complete()
              .run(new StageGraph(List.of(stage(output, Integer.toString(1 + i % 2), ran))));
        }
      }
    }
  }

  @Test
  @Timeout(120)
  void killedAtAnyMomentBothResultsAreThere() throws Exception {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    run(1, "1", "2");
    WorkerProcesses processes = new WorkerProcesses(output);
    for (int kill = 0; kill < 15; kill++) {
      Process process =
          processes.start(TestJvm.command("256m", Alternate.class, output.toString()), "k");
      while (process.isAlive() && Files.size(processes.log("k")) > 0) {
        Thread.sleep(1);
      }
      TimeUnit.MICROSECONDS.sleep(300_000 + random.nextInt(100_000));
      process.destroyForcibly().waitFor();
      String context = "seed " + seed + ", kill " + kill;
      assertEquals("", Files.readString(processes.log("k")), context);
      Set<String> there = results(output);
      assertTrue(there.containsAll(Set.of("1", "2")), context + ": only " + there);
      run(1, "1");
      assertEquals("1", Files.readString(output.resolve("a/value.txt")), context);
      assertTrue(results(output.resolve("kept")).contains("2"), context);
      assertFalse(Files.exists(output.resolve("kept/unrecorded")), context);
      assertFalse(Files.exists(output.resolve(".work")), context);
    }
  }
}
