package org.mskd.pipeline.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.TestJvm;
import org.mskd.pipeline.WorkerProcesses;

/** Runs that are alive and runs that were killed, with real processes where locks decide. */
@Timeout(60)
class RunFolderTest {
  @TempDir private Path output;
  private WorkerProcesses processes;

  @BeforeEach
  void take() {
    OutputDirectory.take(output);
    processes = new WorkerProcesses(output);
  }

  /** Holds a run until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (RunFolder run = RunFolder.create(Path.of(arguments[0]))) {
        Files.writeString(run.request(), "{}");
        Files.writeString(run.arguments(), "-Xmx1m");
        Files.writeString(run.events(), "{}");
        Files.writeString(Path.of(arguments[0]).resolve("name"), run.name());
        System.in.read();
      }
    }
  }

  private Path heldByAnother() throws Exception {
    Process process =
        processes.start(TestJvm.command("256m", Holder.class, output.toString()), "holder");
    Path name = output.resolve("name");
    WorkerProcesses.until(() -> Files.exists(name) && !read(name).isEmpty());
    holder = process;
    return RunFolder.runsIn(output).resolve(read(name));
  }

  private Process holder;

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void aRunIsAliveAsLongAsItsProcessIs() throws Exception {
    Path run = heldByAnother();
    assertTrue(RunLock.isHeld(run));
    DeadRuns.remove(output);
    assertTrue(Files.exists(run.resolve("request.json")), "what a run needs was removed");
    holder.destroyForcibly().waitFor();
    assertFalse(RunLock.isHeld(run));
    DeadRuns.remove(output);
    assertFalse(Files.exists(run), "what a killed run left is still there");
  }

  @Test
  void aWorkerKeepsTheRunOfAKilledBuildAlive() throws Exception {
    Path run = heldByAnother();
    Process worker =
        processes.start(TestJvm.command("256m", Joiner.class, run.toString()), "worker");
    WorkerProcesses.until(() -> Files.exists(run.resolve("joined")));
    holder.destroyForcibly().waitFor();
    DeadRuns.remove(output);
    assertTrue(Files.exists(run.resolve("request.json")), "its worker still reads it");
    worker.destroyForcibly().waitFor();
    DeadRuns.remove(output);
    assertFalse(Files.exists(run));
  }

  /** Joins a run until it is killed. */
  static final class Joiner {
    private Joiner() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      try (RunFolder run = RunFolder.join(folder)) {
        Files.writeString(folder.resolve("joined"), run.name());
        System.in.read();
      }
    }
  }

  @Test
  void aRunOfThisProcessIsNotRemovedAndKeepsItsLock() throws Exception {
    try (RunFolder run = RunFolder.create(output)) {
      Files.writeString(run.request(), "{}");
      DeadRuns.remove(output);
      assertTrue(Files.exists(run.request()));
      Process other =
          processes.start(TestJvm.command("256m", Cleaner.class, output.toString()), "cleaner");
      assertEquals(0, other.waitFor());
      assertTrue(Files.exists(run.request()), "the lock was lost");
      run.remove();
      assertFalse(Files.exists(run.request()));
    }
  }

  /** Removes dead runs as another build would. */
  static final class Cleaner {
    private Cleaner() {}

    public static void main(String[] arguments) {
      DeadRuns.remove(Path.of(arguments[0]));
    }
  }

  @Test
  void namesCannotBeGuessedAndTheFolderIsTheOwnersOnly() throws IOException {
    try (RunFolder one = RunFolder.create(output);
        RunFolder two = RunFolder.create(output)) {
      assertNotEquals(one.name(), two.name());
      assertTrue(one.name().matches(".*-[0-9a-f]{16}"), one.name());
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(one.request().getParent())));
    }
  }

  @Test
  void filesThatAKilledRunHadNotFinishedGo() throws IOException {
    Path stages = Files.createDirectories(output.resolve("stages/teacher"));
    Path mine = Files.createDirectories(output.resolve("mine"));
    for (Path folder : new Path[] {output, stages, mine}) {
      Files.writeString(folder.resolve(".digests.json.0123456789abcdef.part"), "half");
      Files.writeString(folder.resolve("notes.part"), "mine");
    }
    DeadRuns.removeUnfinished(output);
    for (Path folder : new Path[] {output, stages}) {
      assertFalse(Files.exists(folder.resolve(".digests.json.0123456789abcdef.part")));
      assertTrue(Files.exists(folder.resolve("notes.part")));
    }
    assertTrue(Files.exists(mine.resolve(".digests.json.0123456789abcdef.part")));
  }

  @Test
  void requestsOfEarlierVersionsGoAndOtherFilesStay() throws IOException {
    for (String name :
        new String[] {
          "request-1-2-3.json", "worker-1-2-3.args", "request-1-2-3.json.part", "request-mine.json"
        }) {
      Files.writeString(output.resolve(name), "{}");
    }
    DeadRuns.removeUnfinished(output);
    assertFalse(Files.exists(output.resolve("request-1-2-3.json")));
    assertFalse(Files.exists(output.resolve("request-1-2-3.json.part")));
    assertFalse(Files.exists(output.resolve("worker-1-2-3.args")));
    assertTrue(Files.exists(output.resolve("request-mine.json")));
  }
}
