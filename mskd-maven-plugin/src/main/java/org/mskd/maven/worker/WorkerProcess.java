package org.mskd.maven.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.maven.plugin.MojoExecutionException;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.stage.Cancellation;

/**
 * Runs a worker and passes on what it says until it ends. Its standard input is a pipe held open:
 * when it closes, because the build is cancelled or this JVM is gone, the worker ends, a training
 * after its step and a checkpoint: the next run goes on there, and with the first stage that has no
 * stamp.
 */
public final class WorkerProcess {
  private static final long LOOK_MILLIS = 100;
  private static final long END_SECONDS = 5;

  /** How long a worker may take for the step that is under way, and a little longer. */
  private static final long ASKED_SECONDS = Cancellation.PATIENCE_SECONDS + END_SECONDS;

  private final WorkerCommand command;
  private final RunFiles files;

  /** Whether the worker has the output directory; before, it may wait for another to end. */
  private volatile boolean letIn;

  /** A worker to be started by {@link #run}. */
  public WorkerProcess(WorkerCommand command) {
    this.command = command;
    this.files = command.files();
  }

  /**
   * Starts the worker and waits for its end.
   *
   * @param listener told each event, in this thread
   * @return how it ended
   * @throws MojoExecutionException where it cannot be started, or the wait is interrupted
   */
  public WorkerOutcome run(Consumer<Event> listener) throws MojoExecutionException {
    EventFollower waiting = new EventFollower(files.waiting(), files.name());
    EventFollower events = new EventFollower(files.events(), files.name());
    WorkerOutcome outcome = new WorkerOutcome(command.settings());
    Process process = start();
    Thread cancel = new Thread(() -> cancel(process), "mskd-cancel");
    Runtime.getRuntime().addShutdownHook(cancel);
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        tellWait(waiting, listener);
        tell(events, listener, outcome);
      }
      tellWait(waiting, listener);
      tell(events, listener, outcome);
      return ended(outcome, process.exitValue());
    } catch (InterruptedException e) {
      cancel(process);
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("The build was interrupted; the worker was ended.", e);
    } finally {
      end(process);
      forget(cancel);
    }
  }

  private WorkerOutcome ended(WorkerOutcome outcome, int exitCode) {
    boolean cancelled = outcome.isCancel(exitCode);
    if (cancelled) {
      forgetWait();
    }
    boolean waited = cancelled && !letIn;
    return outcome.endedWith(
        exitCode, new WorkerLog(waited ? files.latestLog() : files.settleLog()));
  }

  private void cancel(Process process) {
    end(process);
    forgetWait();
    files.close();
  }

  /** A run that was not let in has nothing to say in its log. */
  private void forgetWait() {
    if (!letIn) {
      files.deleteLog();
    }
  }

  private static void tellWait(EventFollower waiting, Consumer<Event> listener) {
    waiting.poll().stream()
        .filter(event -> !(event instanceof Event.WorkerStarted))
        .forEach(listener);
  }

  private void tell(EventFollower events, Consumer<Event> listener, WorkerOutcome outcome) {
    for (Event event : events.poll()) {
      if (event instanceof Event.WorkerStarted) {
        letIn = true;
        files.showLog();
      }
      outcome.note(event);
      listener.accept(event);
    }
  }

  private Process start() throws MojoExecutionException {
    try {
      Files.createDirectories(files.logs());
      return command
          .toProcess()
          .redirectErrorStream(true)
          .redirectOutput(files.log().toFile())
          .start();
    } catch (IOException e) {
      throw new MojoExecutionException("The worker could not be started: " + e.getMessage(), e);
    }
  }

  /** Asks the worker to end, then makes it. */
  private static void end(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // Its end of the pipe is gone: it is ending already.
    }
    try {
      if (process.waitFor(ASKED_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
      process.destroy();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This JVM is ending, and the hook is at work.
    }
  }
}
