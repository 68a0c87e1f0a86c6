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
 * Runs a worker and passes on what it reports until it ends. Its standard input is a pipe held
 * open: when it closes, because the build is cancelled or this JVM is gone, the worker ends, a
 * training after its step and a checkpoint: the next run resumes there, and with the first stage
 * that has no stamp.
 */
public final class WorkerProcess {
  private static final long LOOK_MILLIS = 100;
  private static final long END_SECONDS = 5;

  /** How long a worker may take for the step that is under way, and a little longer. */
  static final long ASKED_SECONDS = Cancellation.PATIENCE_SECONDS + END_SECONDS;

  private final WorkerCommand command;
  private final RunFiles files;
  private final CancelHook hook;
  private final RunStory story = new RunStory();
  private volatile Process process;
  private volatile boolean endAsked;
  private volatile boolean killed;

  /**
   * A worker to be started by {@link #run}.
   *
   * @param hook ends the worker where this JVM ends
   */
  public WorkerProcess(WorkerCommand command, CancelHook hook) {
    this.command = command;
    this.files = command.files();
    this.hook = hook;
  }

  /**
   * Starts the worker and waits for its end. Where this thread is interrupted, the worker is ended.
   *
   * @param listener receives each event, in this thread
   * @return how it ended
   * @throws MojoExecutionException where it cannot be started
   */
  public WorkerOutcome run(Consumer<Event> listener) throws MojoExecutionException {
    EventFollower events = new EventFollower(files.events());
    hook.starting(this);
    Process started = start();
    process = started;
    if (endAsked) {
      end(); // while it was started
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
    return new WorkerOutcome(command.settings(), story, exitCode, log(exitCode));
  }

  /** A run that was not let in has nothing to say in the log of the one it waited for. */
  private Optional<WorkerLog> log(int exitCode) {
    return story.letIn() || !story.isWaiting() && !WorkerOutcome.isCancel(exitCode)
        ? files.settle().map(WorkerLog::new)
        : Optional.empty();
  }

  private void report(EventFollower events, Consumer<Event> listener) {
    for (Event event : events.poll()) {
      story.note(event);
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

  /** Asks the worker to end, then makes it. */
  void end() {
    endAsked = true; // before the look: whoever starts it looks in the other order
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      running.getOutputStream().close();
    } catch (IOException e) {
      // Its end of the pipe is gone: it is ending already.
    }
    try {
      if (running.waitFor(ASKED_SECONDS, TimeUnit.SECONDS)) {
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
