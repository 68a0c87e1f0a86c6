package org.mskd.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.TestJvm;
import org.mskd.pipeline.WorkerProcesses;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.event.Failure;
import org.mskd.pipeline.event.StageFailed;

/** Real processes with a small main class. */
@Timeout(120)
class SideBySideTest {
  @TempDir Path folder;

  /** A stage that only has a name: another process does its work. */
  private record Elsewhere(String id) implements Stage {
    @Override
    public String name() {
      return "stage " + id;
    }

    @Override
    public int steps() {
      return 1;
    }

    @Override
    public StageSpec spec() {
      return StageSpec.of(id, "elsewhere");
    }

    @Override
    public List<Path> outputs() {
      return List.of();
    }

    @Override
    public boolean isTraining() {
      return true;
    }

    @Override
    public void run(StageWork work) {
      throw new AssertionError(id + " ran here");
    }
  }

  private void run(int atOnce, String... ids) {
    run(
        TestJvm.command("256m", FakeStageWorker.class, folder.toString()),
        atOnce,
        new Cancellation(),
        ids);
  }

  private void run(List<String> command, int atOnce, Cancellation cancellation, String... ids) {
    try (EventLog events = EventLog.open(folder)) {
      new StageRunner(new RunSettings(folder, events, new FileDigests()).cancelledBy(cancellation))
          .besides(new StageProcesses(command, atOnce))
          .run(new StageGraph(Arrays.stream(ids).map(Elsewhere::new).toList()));
    }
  }

  private Failure failureOf(int atOnce, String... ids) {
    return Failure.of(assertThrows(StageFailed.class, () -> run(atOnce, ids)));
  }

  private List<Event> events() {
    return WorkerProcesses.events(EventLog.fileIn(folder));
  }

  /** Each waits for the other, so they end only if they run at the same time. */
  @Test
  void stagesRunAtTheSameTimeAndOnlyTheirEventsArePassedOn() {
    run(2, "meet-a", "meet-b");
    for (String id : List.of("meet-a", "meet-b")) {
      assertTrue(events().contains(new Event.StageStarted(id, 1)), events()::toString);
      assertTrue(events().contains(new Event.StageDone(id, 1, Double.NaN)), events()::toString);
    }
    assertEquals(4, events().size(), events()::toString);
  }

  @Test
  void noMoreThanTheConfiguredNumberRunAtATime() {
    run(2, "two-a", "two-b", "two-c", "two-d", "two-e");
    assertEquals(10, events().size(), events()::toString);
  }

  @Test
  void oneFailureEndsTheOthersAndIsReported() {
    assertEquals(
        new Failure(ExitCode.BAD_INPUT, "a.nii is cut short.", "Copy it again."),
        failureOf(2, "bad-a", "wait-b", "two-c"));
    assertTrue(Files.exists(folder.resolve("ended-wait-b")), "its end was not requested");
    assertFalse(Files.exists(folder.resolve("began-two-c")), "another began");
    assertTrue(events().stream().noneMatch(Event.Failed.class::isInstance), events()::toString);
  }

  @Test
  void theExitOfAWorkerWithoutAFailureEventIsReported() {
    Failure killed = failureOf(2, "exit-137", "wait-b");
    assertEquals(Failure.CRASH, killed.exitCode());
    assertTrue(killed.problem().contains("stage exit-137 was killed"), killed.problem());
    assertTrue(killed.remedy().contains("<parallel=1>"), killed.remedy());
    Failure crash = failureOf(2, "exit-134", "wait-b");
    assertEquals(Failure.CRASH, crash.exitCode());
    assertTrue(crash.problem().contains("exit code 134"), crash.problem());
    assertEquals(ExitCode.OUT_OF_MEMORY, failureOf(2, "exit-12", "wait-b").exitCode());
  }

  @Test
  void aCancelledRunEndsThoseThatRunAndStartsNoOthers() throws Exception {
    Cancellation cancellation = new Cancellation();
    boolean[] allEnded = {false};
    Thread cancel =
        new Thread(
            () -> {
              try {
                WorkerProcesses.until(() -> Files.exists(folder.resolve("began-wait-b")));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              allEnded[0] = cancellation.request();
            });
    cancel.start();
    List<String> command = TestJvm.command("256m", FakeStageWorker.class, folder.toString());
    StageFailed failed =
        assertThrows(
            StageFailed.class, () -> run(command, 2, cancellation, "wait-a", "wait-b", "two-c"));
    cancel.join();
    assertEquals(ExitCode.CANCELLED, failed.failure().exitCode());
    assertTrue(allEnded[0], "the request waits for those that run");
    assertTrue(Files.exists(folder.resolve("ended-wait-a")));
    assertTrue(Files.exists(folder.resolve("ended-wait-b")));
    assertFalse(Files.exists(folder.resolve("began-two-c")), "another began");
  }

  @Test
  void aMissingLauncherIsAFailureLikeAnyOther() {
    StageFailed failed =
        assertThrows(
            StageFailed.class,
            () -> run(List.of("/no/such/java"), 2, new Cancellation(), "a", "b"));
    assertTrue(failed.getMessage().contains("/no/such/java"), failed.getMessage());
  }

  @Test
  void memoryIsWarnedOfWhereThereIsTooLittleForAll() {
    long gib = 1L << 30;
    assertEquals(Optional.empty(), new StageMemory(4 * gib, 12 * gib).warning(3));
    assertEquals(Optional.empty(), new StageMemory(0, gib).warning(64));
    String warning = new StageMemory(4 * gib, 12 * gib - 1).warning(3).orElseThrow();
    assertTrue(warning.contains("3 trainings"), warning);
    assertTrue(warning.contains("4.0 GiB"), warning);
    assertTrue(warning.contains("<parallel>"), warning);
  }

  @Test
  void limitsAreReadAsTheyAreGiven() {
    assertEquals(500L << 20, StageMemory.bytes("500m"));
    assertEquals(3L << 30, StageMemory.bytes("3G"));
    assertEquals(8589934592L, StageMemory.bytes("8589934592"));
    assertEquals(12, StageMemory.bytes("12"));
    assertEquals(0, StageMemory.bytes(""));
    assertEquals(0, StageMemory.bytes("much"));
  }
}
