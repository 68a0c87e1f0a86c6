package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.stage.Cancellation;

/** A real worker whose training is cancelled in each possible way. */
@Timeout(300)
class CancelledWorkerTest {
  private static final Training TRAINING =
      new Training(2, 50, 6, 1e-2, 0.5, 0, Plateau.SOURCE, Adam.PLAIN, 1);
  private static final String STAGE = "teacher liver";

  @TempDir Path root;

  private PhantomExperiment experiment(String name) {
    return new PhantomExperiment(
        root.resolve(name),
        TRAINING,
        TeacherOutputs.LIVE,
        new RunOptions(1000, List.of(), false, 1, 1));
  }

  @FunctionalInterface
  private interface Cancel {
    void cancel(Process worker) throws Exception;
  }

  /**
   * Cancels as soon as the events show a running training; returns the iteration of the resumption,
   * or 0.
   */
  private static int cancel(PhantomExperiment experiment, String run, int exitCode, Cancel how)
      throws Exception {
    Process worker = experiment.start(Goal.TRAIN_TEACHERS, run);
    while (worker.isAlive() && progress(experiment, run) == 0) {
      Thread.sleep(5);
    }
    how.cancel(worker);
    assertTrue(worker.waitFor(100, TimeUnit.SECONDS));
    List<Event> events = experiment.events(run);
    assertEquals(exitCode, worker.exitValue(), () -> run + ": " + events);
    assertTrue(
        events.stream().anyMatch(e -> e instanceof Event.Message m && m.text().contains(STAGE)),
        () -> "it was not reported: " + events);
    return resumedAt(events);
  }

  private static int progress(PhantomExperiment experiment, String run) throws IOException {
    int step = 0;
    for (Event event : experiment.events(run)) {
      if (event instanceof Event.Progress progress && progress.stage().equals(STAGE)) {
        step = progress.step();
      }
    }
    return step;
  }

  private static int resumedAt(List<Event> events) {
    return events.stream()
        .filter(Event.Resumed.class::isInstance)
        .mapToInt(event -> ((Event.Resumed) event).step())
        .findFirst()
        .orElse(0);
  }

  @Test
  void eachWayLeavesACheckpointAndTheNextRunResumesToTheSameBytes() throws Exception {
    PhantomExperiment disturbed = experiment("disturbed");
    int first =
        cancel(disturbed, "1", ExitCode.CANCELLED, worker -> worker.getOutputStream().close());
    int second = cancel(disturbed, "2", ExitCode.TERMINATED, CancelledWorkerTest::terminate);
    int third = second;
    if (interruptsArrive()) {
      third = cancel(disturbed, "3", ExitCode.CANCELLED, CancelledWorkerTest::interrupt);
    }
    assertEquals(ExitCode.DONE, disturbed.start(Goal.TRAIN_TEACHERS, "last").waitFor());
    int last = resumedAt(disturbed.events("last"));
    assertEquals(0, first);
    assertTrue(0 < second && second <= third && third < last, second + ", " + third + ", " + last);

    PhantomExperiment undisturbed = experiment("undisturbed");
    assertEquals(ExitCode.DONE, undisturbed.start(Goal.TRAIN_TEACHERS, "whole").waitFor());
    assertEquals(List.of(), disturbed.differences(undisturbed));
  }

  /** By the signal alone: Process.destroy() closes the input too. */
  private static void terminate(Process worker) {
    assertTrue(worker.toHandle().destroy());
  }

  private static void interrupt(Process worker) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-INT", "" + worker.pid()).start().waitFor());
  }

  /** A shell's background jobs ignore SIGINT, and so do their children. */
  private static boolean interruptsArrive() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .allMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) == 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000_000})
  void waitingForATrainingHasATimeLimit(long nanos) {
    Cancellation cancellation = new Cancellation(nanos);
    cancellation.during(() -> {}, () -> assertEquals(false, cancellation.request()));
    assertTrue(cancellation.requested());
    assertTrue(cancellation.request(), "it has ended");
  }

  @Test
  void cancellingWaitsForTheTraining() throws Exception {
    Cancellation cancellation = new Cancellation();
    boolean[] ended = {false};
    Thread[] asking = {null};
    cancellation.during(
        () -> {},
        () -> {
          asking[0] = new Thread(() -> ended[0] = cancellation.request());
          asking[0].start();
          while (!cancellation.requested()) {
            Thread.onSpinWait();
          }
          assertTrue(asking[0].isAlive());
        });
    asking[0].join();
    assertTrue(ended[0]);
  }
}
