package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.maven.config.MemorySize;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.RunOptions;

/** The last line of a run, whatever its end. */
class WorkerOutcomeTest {
  private static final Event LET_IN = new Event.WorkerStarted("run");
  private static final Event PREPARED = new Event.StageDone("prepare liver", 1, Double.NaN);
  private static final Event TEACHER = new Event.StageStarted("teacher liver", 1000);
  private static final Event CHECKPOINT = new Event.Checkpointed("teacher liver", 750, 1000);
  private static final Event CANCELLED = new Event.Cancelled("teacher liver", 762, 1000);

  @TempDir private Path output;

  private String line(int exitCode, Event... events) {
    return line(exitCode, Optional.empty(), events);
  }

  private String line(int exitCode, Optional<WorkerLog> log, Event... events) {
    RunStory summary = new RunStory();
    List.of(events).forEach(summary::note);
    WorkerSettings settings =
        new WorkerSettings(
            1, "auto", new MemorySize(96), new MemorySize(500), output, RunOptions.DEFAULT);
    return new WorkerOutcome(settings, summary, exitCode, log).line();
  }

  @Test
  void done() {
    assertEquals(
        "Done: 1 stage run, 2 up to date.",
        line(
            0,
            LET_IN,
            new Event.StageSkipped("phantoms"),
            PREPARED,
            new Event.StageSkipped("evaluate")));
    assertEquals("Done.", line(0, LET_IN, new Event.Message("a goal without stages")));
  }

  @Test
  void cancelledWithACheckpoint() {
    assertEquals(
        "Cancelled: teacher liver at iteration 762 of 1000, with a checkpoint. Run the same goal"
            + " again: it resumes there.",
        line(ExitCode.CANCELLED, LET_IN, PREPARED, TEACHER, CHECKPOINT, CANCELLED));
  }

  @Test
  void cancelledBeforeAnything() {
    assertTrue(line(ExitCode.CANCELLED).startsWith("Cancelled before anything was done."));
    assertTrue(
        line(ExitCode.CANCELLED, new Event.Message("in use by process 7"))
            .startsWith("Cancelled while waiting for the output directory, before anything"));
    assertTrue(line(ExitCode.TERMINATED, LET_IN).startsWith("Cancelled before anything was done."));
  }

  @Test
  void cancelledInAStageWithoutCheckpoints() {
    String line = line(ExitCode.CANCELLED, LET_IN, new Event.StageStarted("prepare liver", 4));
    assertTrue(line.startsWith("Cancelled during prepare liver. Scans that were prepared"), line);
    assertTrue(line.contains("Run the same goal again"), line);
  }

  @Test
  void killedWithAndWithoutACheckpoint() {
    String line = line(137, LET_IN, TEACHER, CHECKPOINT);
    assertTrue(line.startsWith("The worker was killed (signal 9) during teacher liver"), line);
    assertTrue(line.contains("teacher liver at iteration 750 of 1000"), line);
    String without = line(137, LET_IN, TEACHER);
    assertTrue(without.contains("stages that were finished are kept"), without);
    assertFalse(without.contains("log"), "there is none: " + without);
  }

  @Test
  void theOutputDirectoryWasRemoved() {
    String line = line(ExitCode.OUTPUT_REMOVED, LET_IN, TEACHER);
    assertTrue(line.startsWith(output + " or its file .lock was removed during the run"), line);
    assertFalse(line.contains("disk"), line);
    assertFalse(line.contains("worker.log"), line);
  }

  @Test
  void aFullDiskIsNamedOnlyWhereThatIsTheReason() {
    assertTrue(line(ExitCode.DISK_FULL, LET_IN).contains("is full"));
    Event failed = new Event.Failed("x could not be written: No space left.", "Free space.");
    assertEquals(
        "x could not be written: No space left. Free space.",
        line(ExitCode.DISK_FULL, LET_IN, failed));
    assertFalse(line(ExitCode.BAD_INPUT, LET_IN).contains("disk"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 11, 13, 14, 130, 134, 137, 143})
  void aLogThatIsNotThereIsNotNamed(int exitCode) {
    assertFalse(line(exitCode, LET_IN).contains("worker.log"));
  }

  @Test
  void aCrashNamesTheLogAndItsEnd() throws Exception {
    Path log = Files.writeString(output.resolve("worker.log"), "first\n\tat x\nlast\n");
    String line = line(134, Optional.of(new WorkerLog(log)), LET_IN);
    assertTrue(line.contains("exit code 134"), line);
    assertTrue(line.contains(log.toString()), line);
    assertTrue(line.endsWith("first\n  last"), line);
  }
}
