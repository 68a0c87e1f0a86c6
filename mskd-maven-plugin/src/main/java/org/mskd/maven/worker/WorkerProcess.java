package org.mskd.maven.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.maven.plugin.MojoExecutionException;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.stage.Cancellation;

/**
 * Runs a worker and passes on its events until it ends. The worker's standard input is a pipe from
 * this JVM. When the pipe closes, because the build is cancelled or this JVM has ended, the worker
 * ends; a training completes its step and writes a checkpoint first. The next run resumes at the
 * checkpoint, or at the first stage without a stamp.
 */
public final class WorkerProcess {
  private static final long LOOK_MILLIS = 100;
  private static final long END_SECONDS = 5;

  /** Longest wait for a cancelled worker: the time for the current step, and a margin. */
  static final long CANCEL_SECONDS = Cancellation.PATIENCE_SECONDS + END_SECONDS;

  private final WorkerCommand command;
  private final RunFiles files;
  private final CancelHook hook;
  private final RunStory received = new RunStory();
  private volatile Process process;
  private volatile boolean endRequested;
  private volatile boolean killed;

  /**
   * A worker to be started by {@link #run}.
   *
   * @param hook ends the worker if this JVM ends
   */
  public WorkerProcess(WorkerCommand command, CancelHook hook) {
    this.command = command;
    this.files = command.files();
    this.hook = hook;
  }

  /**
   * Starts the worker and waits for its end. If this thread is interrupted, the worker is ended.
   *
   * @param listener receives each event, in this thread
   * @return the outcome
   * @throws MojoExecutionException if it cannot be started
   */
  public WorkerOutcome run(Consumer<Event> listener) throws MojoExecutionException {
    EventFollower events = new EventFollower(files.events());
    hook.starting(this);
    Process started = start();
    process = started;
    if (endRequested) {
      end(); // requested during the start
    }
    boolean interrupted = false;
    try {
      while (!started.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        report(events, listener);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      end();
    }
    report(events, listener);
    int exitCode = killed ? ExitCode.CANCELLED : started.exitValue();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new WorkerOutcome(command.settings(), received, exitCode, log(exitCode));
  }

  /**
   * The log. A run that never got the lock has none: the output directory's log belongs to the run
   * that it waited for.
   */
  private Optional<WorkerLog> log(int exitCode) {
    return received.hasOutput() || !received.isWaiting() && !WorkerOutcome.isCancel(exitCode)
        ? files.settle().map(WorkerLog::new)
        : Optional.empty();
  }

  private void report(EventFollower events, Consumer<Event> listener) {
    for (Event event : events.poll()) {
      received.note(event);
      if (event instanceof Event.WorkerStarted) {
        files.show();
      }
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

  private Process kill(Process running) {
    killed = true;
    return running.destroyForcibly();
  }

  /** Requests the end of the worker, and kills it if it does not end in time. */
  void end() {
    endRequested =
        true; // set before the process is read: run() sets the process, then reads this flag
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      running.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is broken: the worker is ending already.
    }
    try {
      if (running.waitFor(CANCEL_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
      running.destroy();
      if (!running.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        kill(running).waitFor();
      }
    } catch (InterruptedException e) {
      kill(running);
      Thread.currentThread().interrupt();
    }
  }
}
