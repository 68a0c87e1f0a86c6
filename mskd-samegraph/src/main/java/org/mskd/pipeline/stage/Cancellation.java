package org.mskd.pipeline.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Cancels a run. A training completes its step, writes a checkpoint and returns; the cancellation
 * waits for it. All other stages end with the process.
 */
public final class Cancellation {
  /** Longest wait for a training: a step of a large network on few cores takes seconds. */
  public static final int PATIENCE_SECONDS = 60;

  private final long patienceNanos;
  private final List<Work> underWay = new ArrayList<>();
  private volatile boolean requested;

  /** Work that ends when it is cancelled; compared by identity. */
  private static final class Work {
    final Runnable onRequest;

    Work(Runnable onRequest) {
      this.onRequest = onRequest;
    }

    void cancel() {
      try {
        onRequest.run();
      } catch (RuntimeException e) {
        e.printStackTrace(); // to the worker's log: the work checks requested() in any case
      }
    }
  }

  /** Not requested yet. */
  public Cancellation() {
    this(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
  }

  public Cancellation(long patienceNanos) {
    this.patienceNanos = patienceNanos;
  }

  /** Whether the run should end. */
  public boolean requested() {
    return requested;
  }

  /**
   * Runs work that ends when it is cancelled. May be called by several threads.
   *
   * @param onRequest run once if the run is cancelled meanwhile or was cancelled before
   */
  public void during(Runnable onRequest, Runnable work) {
    Work own = new Work(onRequest);
    begin(own);
    try {
      work.run();
    } finally {
      end(own);
    }
  }

  private synchronized void begin(Work work) {
    underWay.add(work);
    if (requested) {
      work.cancel();
    }
  }

  private synchronized void end(Work work) {
    underWay.remove(work);
    notifyAll();
  }

  /**
   * Cancels the run and waits for the work that is running. Afterwards the process may end.
   *
   * @return false if the work did not end in time
   */
  public synchronized boolean request() {
    long start = System.nanoTime();
    if (!requested) {
      requested = true;
      List.copyOf(underWay).forEach(Work::cancel);
    }
    long left = patienceNanos;
    while (!underWay.isEmpty() && left > 0) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      left = patienceNanos - (System.nanoTime() - start);
    }
    return underWay.isEmpty();
  }
}
