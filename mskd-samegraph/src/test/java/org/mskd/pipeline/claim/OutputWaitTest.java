package org.mskd.pipeline.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Phantoms;
import org.mskd.pipeline.EventTexts;
import org.mskd.pipeline.WorkerProcesses;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;

/** Real workers, two in one output directory. */
@Timeout(120)
class OutputWaitTest {
  @TempDir Path folder;
  private Path output;
  private WorkerProcesses workers;

  @BeforeEach
  void makeOutputFolder() throws IOException {
    output = Files.createDirectories(folder.resolve("mskd"));
    OutputDirectory.take(output);
    workers = new WorkerProcesses(folder);
  }

  private WorkerRequest request(int subjects) {
    Phantoms phantoms =
        new Phantoms(folder.resolve("phantoms"), List.of("liver"), subjects, 1, 64, 8, 1);
    return WorkerRequest.of(Goal.MAKE_PHANTOMS, output).withPhantoms(phantoms);
  }

  private Path waitOf(String run) {
    return WorkerProcesses.eventsOf(output, run);
  }

  private static List<String> messages(Path file) {
    return EventTexts.messages(WorkerProcesses.events(file));
  }

  private void assertDone(Process worker, String run) throws Exception {
    assertEquals(ExitCode.DONE, worker.waitFor(), Files.readString(workers.log(run)));
  }

  @Test
  void theSecondOfTwoBuildsWaitsReportsTheFirstAndFindsAllUpToDate() throws Exception {
    Process first = workers.start(request(40), "one");
    WorkerProcesses.until(() -> hasProgress("one"));
    Process second = workers.start(request(40), "two");
    WorkerProcesses.until(() -> !messages(waitOf("two")).isEmpty());
    assertTrue(first.isAlive(), "the first was done before the second looked");
    String message = messages(waitOf("two")).get(0);
    assertTrue(message.contains(output.toString()), message);
    assertTrue(message.contains("process " + first.pid()), message);
    assertTrue(message.contains("goal make-phantoms of module module-one"), message);
    assertTrue(message.contains("Ctrl-C"), message);
    ProcessHandle.of(first.pid())
        .flatMap(p -> p.info().user())
        .ifPresent(user -> assertTrue(message.contains("of user " + user), message));
    assertDone(first, "one");
    assertDone(second, "two");
    List<Event> events = WorkerProcesses.events(waitOf("two"));
    assertEquals(new Event.WorkerStarted("two"), events.get(1));
    assertTrue(((Event.Message) events.get(2)).text().contains(" is free after "), "" + events);
    assertEquals(1, events.stream().filter(Event.StageSkipped.class::isInstance).count());
    assertEquals(4, events.size(), events::toString);
    List<Event> others = WorkerProcesses.events(waitOf("one"));
    assertTrue(others.get(others.size() - 1) instanceof Event.StageDone, "" + others);
    assertFalse(Files.exists(output.resolve(".owner.json")), "the owner is left");
  }

  private boolean hasProgress(String run) {
    List<Event> events = WorkerProcesses.events(waitOf(run));
    return !events.isEmpty()
        && events.get(0).equals(new Event.WorkerStarted(run))
        && events.stream().anyMatch(Event.Progress.class::isInstance);
  }

  @Test
  void aWaitEndsWithTheBuildThatWaits() throws Exception {
    try (FileChannel channel = lockFile();
        FileLock lock = channel.lock()) {
      assertTrue(lock.isValid());
      Process waiting = workers.start(request(1), "two");
      WorkerProcesses.until(() -> !messages(waitOf("two")).isEmpty());
      waiting.getOutputStream().close();
      assertEquals(ExitCode.CANCELLED, waiting.waitFor());
      assertFalse(Files.exists(folder.resolve("phantoms")));
    }
    assertDone(workers.start(request(1), "three"), "three");
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        output.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  @Test
  void anOwnerThatHasEndedOrIsAnotherProcessIsIgnored() throws Exception {
    // It has the number of this process, as a process of another container may have: the lock
    // decides.
    WorkerProcesses.runFolder(output, "gone");
    OutputOwner.current("run", "liver", "gone").write(output);
    assertEquals(Optional.empty(), OutputOwner.of(output), "no process has its lock");
    try (RunFolder alive = RunFolder.create(output)) {
      OutputOwner now = OutputOwner.current("run", "liver", alive.name());
      now.write(output);
      assertEquals(Optional.of(now), OutputOwner.of(output));
    }
    OutputOwner.current("run", "liver", "never-was").write(output);
    assertEquals(Optional.empty(), OutputOwner.of(output));
    for (String text : List.of("", "{", "null", "[]", "{\"process\":\"x\"}")) {
      Files.writeString(output.resolve(".owner.json"), text);
      assertEquals(Optional.empty(), OutputOwner.of(output), text);
    }
  }

  @Test
  void aStaleOwnerDelaysNoBuild() throws Exception {
    WorkerProcesses.runFolder(output, "killed");
    OutputOwner.current("run", "test", "killed").write(output);
    assertDone(workers.start(request(1), "one"), "one");
    assertEquals(
        new Event.WorkerStarted("one"), WorkerProcesses.events(waitOf("one")).get(0), "it waited");
  }

  @Test
  void aBuildWithoutAnOwnerFileIsWaitedForToo() throws Exception {
    Process waiting;
    try (FileChannel channel = lockFile();
        FileLock lock = channel.lock()) {
      assertTrue(lock.isValid());
      waiting = workers.start(request(1), "two");
      WorkerProcesses.until(() -> !messages(waitOf("two")).isEmpty());
      String message = messages(waitOf("two")).get(0);
      assertTrue(message.contains("another build, which has not written its name"), message);
    }
    assertDone(waiting, "two");
  }

  /** Workers of single stages may run a moment longer than a worker that was killed. */
  @Test
  void theNextBuildGetsTheLockWhenTheLastStageOfAKilledOneHasEnded() throws Exception {
    try (FileChannel channel =
            FileChannel.open(
                output.resolve(".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock share = channel.lock(1, 1, true)) {
      assertTrue(share.isValid());
      Process waiting = workers.start(request(1), "two");
      WorkerProcesses.until(() -> !messages(waitOf("two")).isEmpty());
      assertFalse(Files.exists(folder.resolve("phantoms")));
      share.release();
      assertDone(waiting, "two");
    }
  }

  @Test
  void anOwnersDescriptionHasNoFoldersOrHosts() {
    String json = ExperimentJson.write(new OutputOwner(7, 0, "run", "liver", "7-1"));
    assertEquals(
        "{\"goal\":\"run\",\"module\":\"liver\",\"process\":7,\"run\":\"7-1\",\"started\":0}",
        json.replaceAll("\\s", ""));
  }
}
