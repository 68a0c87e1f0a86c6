package org.mskd.maven.worker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What happens when Maven's own JVM is ended during a run, by Ctrl-C or SIGTERM: the worker is
 * asked to end, and the last line of the build reports what became of the run. The goal's thread
 * then waits for the end of the JVM, so that nothing comes after that line.
 */
public final class CancelHook implements AutoCloseable {
  /** Ctrl-C reaches a worker on the same terminal at the same time as this JVM. */
  private static final long SIGNAL_MILLIS = 500;

  private final Consumer<String> say;
  private final Thread hook = new Thread(this::cancel, "mskd-cancel");
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch said = new CountDownLatch(1);
  private WorkerProcess worker;

  /** The last line of the run; null before there is one. */
  private String line;

  private boolean isTold;

  /**
   * Starts to listen.
   *
   * @param say prints the last line of a build that is cancelled
   */
  public CancelHook(Consumer<String> say) {
    this.say = say;
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      awaitEnd(); // this JVM is ending already
    }
  }

  private void cancel() {
    WorkerProcess running;
    synchronized (this) {
      begun.countDown();
      running = worker;
    }
    if (running == null) {
      say("Cancelled before anything was done.");
      return;
    }
    running.end();
    try {
      // The goal's thread reports the rest, having read all that the worker reported.
      said.await(WorkerProcess.ASKED_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    say("Cancelled. Run the same goal again: it continues with what is finished.");
  }

  /** Says the last line of the run, or this where there is none; once. */
  private synchronized void say(String otherwise) {
    if (!isTold) {
      say.accept(line == null ? otherwise : line);
      isTold = true;
    }
  }

  /** The worker that is to be ended; where the JVM is ending, none is started any more. */
  void starting(WorkerProcess process) {
    synchronized (this) {
      worker = process;
      if (begun.getCount() > 0) {
        return;
      }
    }
    awaitEnd();
  }

  /**
   * The worker has ended. Where that is because this JVM ends, reports how and does not return.
   *
   * @param wasCancelled whether the worker was cancelled, perhaps by the same signal
   * @param lastLine of the run
   */
  public void ended(boolean wasCancelled, String lastLine) {
    synchronized (this) {
      line = lastLine;
    }
    try {
      boolean ending = begun.await(wasCancelled ? SIGNAL_MILLIS : 0, TimeUnit.MILLISECONDS);
      if (ending) {
        say(lastLine);
        said.countDown();
        awaitEnd();
      }
      said.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The goal has logged the last line. */
  public synchronized void isReported() {
    isTold = true;
  }

  private static void awaitEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    said.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      awaitEnd(); // this JVM is ending, and the hook is at work
    }
  }
}
