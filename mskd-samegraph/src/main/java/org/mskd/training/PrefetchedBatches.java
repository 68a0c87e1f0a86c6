package org.mskd.training;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.mskd.graph.runtime.ArrayPool;
import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Batches made by a thread of their own beside the training step, in order. The contents do not
 * depend on timing: each batch is a function of its iteration.
 */
public final class PrefetchedBatches implements AutoCloseable {
  /** Batches made ahead of the step: enough to ride out a slow disk read. */
  private static final int AHEAD = 4;

  private final BatchIterator batches;
  private final AsyncMultiDataSetIterator iterator;
  private final ArrayPool pool = new ArrayPool();
  private final LongSupplier nanoTime;
  private int taken;
  private long nanosWaited;

  /** All batches of a training. */
  public PrefetchedBatches(BatchSource source, int iterations) {
    this(source, 0, iterations);
  }

  /** Those of iterations {@code first .. iterations-1}, for a training that goes on. */
  public PrefetchedBatches(BatchSource source, int first, int iterations) {
    this(source::batch, first, iterations, System::nanoTime);
  }

  PrefetchedBatches(IntFunction<Batch> source, int iterations) {
    this(source, 0, iterations, System::nanoTime);
  }

  PrefetchedBatches(IntFunction<Batch> source, int first, int iterations, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.batches = new BatchIterator(source, first, iterations, pool);
    // No workspace: its arrays would be recycled while the step still reads them.
    this.iterator = new AsyncMultiDataSetIterator(batches, AHEAD, false);
  }

  /**
   * The next batch, which is to be given back when the step is done. A failure to make it is thrown
   * as it was in its own thread, after all batches before it.
   */
  MultiDataSet next() {
    long asked = nanoTime.getAsLong();
    // The iterator fetches in hasNext(); without it, next() is null.
    if (!iterator.hasNext()) {
      batches.rethrow();
      throw new NoSuchElementException("all batches are taken");
    }
    MultiDataSet batch = iterator.next();
    if (taken++ > 0) {
      nanosWaited += nanoTime.getAsLong() - asked;
    }
    return batch;
  }

  /** Lets the arrays of a batch be used for another one. */
  void giveBack(MultiDataSet batch) {
    Stream.of(batch.getFeatures(), batch.getLabels())
        .filter(Objects::nonNull)
        .flatMap(Arrays::stream)
        .forEach(pool::giveBack);
  }

  /**
   * For how long {@link #next} waited so far, the first batch apart, which nobody could make ahead.
   */
  public double secondsWaited() {
    return nanosWaited * 1e-9;
  }

  @Override
  public void close() {
    iterator.shutdown();
    pool.close();
  }
}
