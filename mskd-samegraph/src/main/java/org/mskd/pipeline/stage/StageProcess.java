package org.mskd.pipeline.stage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.event.Failure;
import org.mskd.pipeline.event.StageFailed;

/**
 * A worker process that runs one stage. Its events are passed on, and an unsuccessful exit code
 * becomes a failure.
 */
public final class StageProcess {
  /** Longest wait for its end: it may write a checkpoint first. */
  private static final long END_SECONDS = 60;

  private static final int SIGKILL = 128 + 9;

  private final Stage stage;
  private final Process process;
  private final EventLog events;

  private StageProcess(Stage stage, Process process, EventLog events) {
    this.stage = stage;
    this.process = process;
    this.events = events;
  }

  public static StageProcess start(StageProcesses processes, Stage stage, EventLog events) {
    try {
      return new StageProcess(stage, processes.start(stage), events);
    } catch (IOException e) {
      throw new StageFailed(
          new Failure(
              Failure.CRASH,
              "The worker of " + stage.name() + " could not be started: " + e.getMessage() + ".",
              "Train one network after the other: <parallel=1>."));
    }
  }

  /**
   * Passes on the events of the process until it ends.
   *
   * @throws StageFailed if the stage is not done
   */
  public void await() {
    Optional<Event.Failed> reason = Optional.empty();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<Event> event = event(line);
        if (event.isPresent() && event.get() instanceof Event.Failed failed) {
          reason = Optional.of(failed); // the caller reports it, once
        } else {
          event.ifPresentOrElse(events::report, log(line));
        }
      }
      int exitCode = process.waitFor();
      if (exitCode != ExitCode.DONE) {
        throw new StageFailed(failure(exitCode, reason));
      }
    } catch (IOException e) {
      throw new StageFailed(failure(Failure.CRASH, reason));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StageFailed(failure(ExitCode.CANCELLED, reason));
    } finally {
      requestEnd();
    }
  }

  /** Output of native code goes to this process' own output, which is the log. */
  private static Runnable log(String line) {
    return () -> {
      if (!line.isBlank()) {
        System.out.println(line);
      }
    };
  }

  private static Optional<Event> event(String line) {
    try {
      return line.startsWith("{")
          ? Optional.ofNullable(ExperimentJson.read(line, Event.class))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Failure failure(int exitCode, Optional<Event.Failed> reason) {
    if (reason.isPresent()) {
      return new Failure(exitCode, reason.get().problem(), reason.get().remedy());
    }
    if (exitCode == SIGKILL) {
      return new Failure(
          Failure.CRASH,
          "The worker of " + stage.name() + " was killed (signal 9).",
          "The system kills processes when memory runs out. Run fewer trainings"
              + " side by side (<parallel=1>), or lower <maxHeap> and <maxOffHeap>,"
              + " or <batchSize>.");
    }
    int known =
        exitCode == ExitCode.BAD_INPUT
                || exitCode == ExitCode.OUT_OF_MEMORY
                || exitCode == ExitCode.DISK_FULL
                || exitCode == ExitCode.OUTPUT_REMOVED
                || exitCode == ExitCode.CANCELLED
            ? exitCode
            : Failure.CRASH;
    return new Failure(
        known, "The worker of " + stage.name() + " ended with exit code " + exitCode + ".", "");
  }

  /** Closes the pipe: the process ends when its standard input ends. */
  public void requestEnd() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // Its end of the pipe is gone: it is ending already.
    }
  }

  /** Waits for the end of the process, and kills it if it takes too long. */
  public void awaitEnd() {
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
