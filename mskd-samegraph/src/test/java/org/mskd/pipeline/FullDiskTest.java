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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.stage.StageStamp;

/** Real workers whose files may not grow beyond a limit, or whose disk is small. */
@Timeout(900)
class FullDiskTest {
  private static final List<String> ORGANS = List.of("liver", "spleen");

  @TempDir static Path root;

  /** The results of an undisturbed run. */
  private static Map<String, String> whole;

  private static int runs;

  @BeforeAll
  static void undisturbed() throws Exception {
    Path output = root.resolve("first");
    assertDone(run(output, List.of()));
    whole = TinyExperiment.results(output);
  }

  private record Ended(int exitCode, List<Event> events, String log) {
    Event.Failed failed() {
      return failed(ExitCode.BAD_INPUT);
    }

    Event.Failed failed(int code) {
      assertEquals(code, exitCode, log);
      return (Event.Failed) events.get(events.size() - 1);
    }
  }

  private static Ended run(Path output, List<String> before) throws Exception {
    return run(output, before, 1);
  }

  private static Ended run(Path output, List<String> before, int parallel) throws Exception {
    String run = "run" + runs++;
    WorkerProcesses workers = new WorkerProcesses(root);
    List<String> command = new ArrayList<>(before);
    command.addAll(
        workers.command(new TinyExperiment(root, ORGANS).request(Goal.RUN, output, parallel), run));
    Process worker = workers.start(command, run);
    int exitCode = worker.waitFor();
    return new Ended(
        exitCode,
        WorkerProcesses.events(WorkerProcesses.eventsOf(output, run)),
        Files.readString(workers.log(run)));
  }

  /** A command before a command: no file may grow beyond so many KiB. */
  private static List<String> limit(long kib) {
    return List.of("bash", "-c", "ulimit -f " + kib + "; exec \"$@\"", "limited");
  }

  private static void assumeLimits() throws Exception {
    Path bash = Path.of("/bin/bash");
    Assumptions.assumeTrue(Files.isExecutable(bash), "no bash to set limits with");
    Process process = new ProcessBuilder(bash.toString(), "-c", "ulimit -f 1000").start();
    Assumptions.assumeTrue(process.waitFor() == 0, "limits cannot be set");
  }

  private static void assertDone(Ended ended) {
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.log());
  }

  private static void assertNothingHalf(Path output) throws IOException {
    try (var files = Files.walk(output)) {
      assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".part")).toList());
    }
  }

  @Test
  void eachFileThatDoesNotFitIsNamedAndTheRunContinuesOnceThereIsSpace() throws Exception {
    assumeLimits();
    Path output = root.resolve("first");
    // From the last stage to the first: what fails is never what an earlier one lacks.
    fails(output, "evaluate/mskd", "predictions/mskd/", "choose another folder");
    fails(output, "student/mskd", "methods/mskd/model.mskd", "choose another folder");
    String store = whole.keySet().stream().filter(f -> f.endsWith(".targets")).findFirst().get();
    fails(
        output,
        Path.of(store).getParent().toString().replace("stores", "store"),
        store,
        "<maxStore>");
    fails(output, "teacher/spleen", "teachers/spleen/model.mskd", "choose another folder");
    fails(output, "prepare/liver", "prepared/liver/", "choose another folder");
    assertDone(run(output, List.of()));
    assertEquals(whole, TinyExperiment.results(output));
  }

  /** Lets the stage run again with just too little room for the largest file of that name. */
  private static void fails(Path output, String stage, String beginning, String remedy)
      throws Exception {
    Path stamp = StageStamp.fileOf(output, stage);
    assertTrue(Files.exists(stamp), stamp.toString());
    Files.delete(stamp);
    long largest = 0;
    try (var files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (output.relativize(file).toString().startsWith(beginning)) {
          largest = Math.max(largest, Files.size(file));
        }
      }
    }
    assertTrue(largest > 1024, beginning + " has only " + largest + " bytes");
    Ended ended = run(output, limit((largest - 1) / 1024));
    Event.Failed failed = ended.failed();
    assertTrue(
        failed.problem().startsWith(output.resolve(beginning).toString())
            || failed.problem().contains(beginning),
        beginning + ": " + failed);
    assertTrue(failed.problem().contains("could not be written"), failed::toString);
    assertTrue(failed.remedy().contains(remedy), failed::toString);
    assertFalse(failed.problem().contains("Exception"), failed::toString);
    assertFalse(Files.exists(stamp), "trusted: " + stamp);
    assertNothingHalf(output);
  }

  @Test
  void aTeacherTrainedSideBySideReportsTheSame() throws Exception {
    assumeLimits();
    Path output = root.resolve("out");
    Ended ended = null;
    int failures = 0;
    for (long kib = 8; kib < 1 << 20; kib *= 4) {
      ended = run(output, limit(kib), 2);
      if (ended.exitCode() == ExitCode.DONE) {
        break;
      }
      failures++;
      Event.Failed failed = ended.failed();
      assertTrue(failed.problem().contains("could not be written"), failed::toString);
      assertTrue(failed.remedy().contains("choose another folder"), failed::toString);
      assertEquals(1, ended.events().stream().filter(Event.Failed.class::isInstance).count());
    }
    assertDone(ended);
    assertTrue(failures > 0, "nothing was too large");
    assertEquals(whole, TinyExperiment.results(output));
  }

  @Test
  void aSmallDiskIsReportedAndTheRunContinuesOnceTheDiskHasGrown() throws Exception {
    Path disk = Files.createDirectories(root.resolve("disk"));
    Assumptions.assumeTrue(
        call("mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", disk.toString()) == 0,
        "a small disk cannot be mounted here");
    try {
      Path output = disk.resolve("mskd");
      Event.Failed failed = run(output, List.of()).failed(ExitCode.DISK_FULL);
      assertTrue(failed.problem().contains("No space left"), failed::toString);
      assertTrue(failed.problem().contains(disk.toString()), failed::toString);
      assertTrue(failed.remedy().contains("Free space"), failed::toString);
      assertNothingHalf(output);
      assertEquals(0, call("mount", "-o", "remount,size=64m", disk.toString()));
      assertDone(run(output, List.of()));
      assertEquals(whole, TinyExperiment.results(output));
    } finally {
      assertEquals(0, call("umount", disk.toString()), "still mounted: " + disk);
    }
  }

  private static int call(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1; // no such program
    }
  }
}
