package org.mskd.pipeline.stage;

import java.util.concurrent.TimeUnit;

/**
 * The wish that a run ends before it is done. Most stages lose little and just end with the
 * process; a training is asked to make its step, leave a checkpoint and end by itself, for which it
 * is waited.
 */
public final class Cancellation {
  /** How long a training is waited for: a step of a large network on few cores takes seconds. */
  public static final int PATIENCE_SECONDS = 60;

  private final long patienceNanos;
  private volatile boolean wished;
  private boolean training;
  private Runnable told = () -> {};

  /** A wish that nobody has yet. */
  public Cancellation() {
    this(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
  }

  public Cancellation(long patienceNanos) {
    this.patienceNanos = patienceNanos;
  }

  /** Whether the run should end. */
  public boolean wished() {
    return wished;
  }

  /**
   * Runs a training that looks at {@link #wished} after each step.
   *
   * @param onWish run once if the training is asked to end, by the thread that asks
   */
  public void during(Runnable onWish, Runnable work) {
    set(true, onWish);
    try {
      work.run();
    } finally {
      set(false, () -> {});
    }
  }

  private synchronized void set(boolean underWay, Runnable onWish) {
    training = underWay;
    told = onWish;
    notifyAll();
  }

  /**
   * Wishes the run to end, and waits while a training does. Afterwards the process may end.
   *
   * @return false where the training did not end in time
   */
  public synchronized boolean wish() {
    long start = System.nanoTime();
    boolean first = !wished;
    wished = true;
    if (first && training) {
      tell();
    }
    long left = patienceNanos;
    while (training && left > 0) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      left = patienceNanos - (System.nanoTime() - start);
    }
    return !training;
  }

  private void tell() {
    try {
      told.run();
    } catch (RuntimeException e) {
      e.printStackTrace(); // to the worker's log: whether it can be said changes nothing
    }
  }
}
