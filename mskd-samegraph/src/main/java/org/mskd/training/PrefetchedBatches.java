package org.mskd.training;

import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.mskd.graph.runtime.ArrayPool;

/**
 * Batches that a separate thread prepares during the training step, in order. The contents do not
 * depend on timing: each batch is a function of its iteration.
 */
public final class PrefetchedBatches implements AutoCloseable {
  /** Batches made ahead of the step: enough to bridge a slow disk read. */
  private static final int AHEAD = 4;

  /** How long the closing thread waits for the other one to notice, ms. */
  private static final long END_MILLIS = 10_000;

  /** A batch, or why it could not be made. */
  private record Made(TensorBatch batch, Throwable failure) {}

  private final IntFunction<Batch> source;
  private final int iterations;
  private final ArrayPool pool = new ArrayPool();
  private final BatchTensors tensors = new BatchTensors(pool);
  private final BlockingQueue<Made> queue = new ArrayBlockingQueue<>(AHEAD);
  private final LongSupplier nanoTime;
  private final Thread thread;
  private final int first;
  private int taken;
  private long nanosWaited;
  private Throwable failure;

  /** All batches of a training. */
  public PrefetchedBatches(BatchSource source, int iterations) {
    this(source, 0, iterations);
  }

  /** Those of iterations {@code first .. iterations-1}, for a training that resumes there. */
  public PrefetchedBatches(BatchSource source, int first, int iterations) {
    this(source::batch, first, iterations, System::nanoTime);
  }

  PrefetchedBatches(IntFunction<Batch> source, int first, int iterations, LongSupplier nanoTime) {
    this.source = source;
    this.first = first;
    this.iterations = iterations;
    this.nanoTime = nanoTime;
    this.thread = new Thread(this::make, "mskd batches");
    thread.setDaemon(true);
    thread.start();
  }

  /** A failure, an {@link Error} included, takes the place of its batch and ends the thread. */
  private void make() {
    try {
      for (int iteration = first; iteration < iterations; iteration++) {
        Made made = made(iteration);
        queue.put(made);
        if (made.failure() != null) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // The training is over: the rest is not needed.
    }
  }

  private Made made(int iteration) {
    try {
      return new Made(tensors.of(iteration, source.apply(iteration)), null);
    } catch (Throwable e) {
      return new Made(null, e);
    }
  }

  /**
   * The next batch, which is to be given back when the step is done. A failure to make it is thrown
   * as it was in its own thread, after all batches before it.
   */
  TensorBatch next() {
    if (first + taken >= iterations) {
      throw new NoSuchElementException("all " + iterations + " batches are taken");
    }
    long start = nanoTime.getAsLong();
    Made made = take();
    if (taken++ > 0) {
      nanosWaited += nanoTime.getAsLong() - start;
    }
    return made.batch();
  }

  private Made take() {
    try {
      if (failure == null) {
        Made made = queue.take();
        failure = made.failure();
        if (failure == null) {
          return made;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", e);
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw new IllegalStateException(failure);
  }

  /** Lets the arrays of a batch be used for another one. */
  void giveBack(TensorBatch batch) {
    batch.arrays().forEach(pool::giveBack);
  }

  /**
   * For how long {@link #next} waited so far, without the first batch, which cannot be made ahead.
   */
  public double secondsWaited() {
    return nanosWaited * 1e-9;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Made made = queue.poll(); made != null; made = queue.poll()) {
      if (made.batch() != null) {
        giveBack(made.batch());
      }
    }
    pool.close();
  }
}
