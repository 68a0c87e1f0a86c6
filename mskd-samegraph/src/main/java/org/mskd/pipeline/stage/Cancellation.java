package org.mskd.pipeline.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The request that a run ends before it is done. Most stages lose little and end with the process.
 * A training completes its step, writes a checkpoint and ends by itself; the request waits for it.
 */
public final class Cancellation {
  /** How long to wait for a training: a step of a large network on few cores takes seconds. */
  public static final int PATIENCE_SECONDS = 60;

  private final long patienceNanos;
  private final List<Work> underWay = new ArrayList<>();
  private volatile boolean requested;

  /** Work that ends by itself; two are never equal. */
  private static final class Work {
    final Runnable onRequest;

    Work(Runnable onRequest) {
      this.onRequest = onRequest;
    }

    void ask() {
      try {
        onRequest.run();
      } catch (RuntimeException e) {
        e.printStackTrace(); // to the worker's log: the work looks at requested() in any case
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
   * Does work that ends by itself when it is cancelled. May be called by several threads.
   *
   * @param onRequest run once if the run is cancelled meanwhile or was before
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
      work.ask();
    }
  }

  private synchronized void end(Work work) {
    underWay.remove(work);
    notifyAll();
  }

  /**
   * Requests the end of the run and waits for the work under way. Afterwards the process may end.
   *
   * @return false where the work did not end in time
   */
  public synchronized boolean request() {
    long start = System.nanoTime();
    if (!requested) {
      requested = true;
      List.copyOf(underWay).forEach(Work::ask);
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
