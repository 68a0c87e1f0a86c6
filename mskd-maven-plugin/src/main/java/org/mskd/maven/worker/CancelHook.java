package org.mskd.maven.worker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Shutdown hook for a run: if Maven's own JVM is ended by Ctrl-C or SIGTERM, the worker is
 * cancelled, and the last line of the build reports the result. The goal's thread then waits for
 * the end of the JVM, so that nothing is printed after that line.
 */
public final class CancelHook implements AutoCloseable {
  /**
   * Longest wait for the signal in this JVM: Ctrl-C reaches a worker on the same terminal at the
   * same time.
   */
  private static final long SIGNAL_MILLIS = 500;

  private final Consumer<String> printer;
  private final Thread hook = new Thread(this::cancel, "mskd-cancel");
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch reported = new CountDownLatch(1);
  private WorkerProcess worker;

  /** The last line of the run; null before there is one. */
  private String line;

  private boolean isReported;

  /**
   * Registers the hook.
   *
   * @param printer prints the last line of a build that is cancelled
   */
  public CancelHook(Consumer<String> printer) {
    this.printer = printer;
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
      print("Cancelled before anything was done.");
      return;
    }
    running.end();
    try {
      // The goal's thread reports the rest, having read all that the worker reported.
      reported.await(WorkerProcess.CANCEL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    print("Cancelled. Run the same goal again: it continues with what is finished.");
  }

  /** Prints the last line of the run, or the given text if there is none; only once. */
  private synchronized void print(String otherwise) {
    if (!isReported) {
      printer.accept(line == null ? otherwise : line);
      isReported = true;
    }
  }

  /** Registers the worker to end. If the JVM is already ending, no worker is started. */
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
   * Called when the worker has ended. If the reason is the end of this JVM, prints the last line
   * and does not return.
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
        print(lastLine);
        reported.countDown();
        awaitEnd();
      }
      reported.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Called when the goal has logged the last line. */
  public synchronized void isReported() {
    isReported = true;
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
    reported.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      awaitEnd(); // this JVM is ending, and the hook is running
    }
  }
}
