package org.mskd.training;

import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Batches made by a thread of their own beside the training step, in order. The contents do not
 * depend on timing: each batch is a function of its iteration.
 */
public final class PrefetchedBatches implements AutoCloseable {
  /** Batches made ahead of the step: enough to ride out a slow disk read. */
  private static final int AHEAD = 4;

  private final AsyncMultiDataSetIterator iterator;

  /** All batches of a training. */
  public PrefetchedBatches(BatchSource source, int iterations) {
    // No workspace: its arrays would be recycled while the step still reads them.
    this.iterator =
        new AsyncMultiDataSetIterator(new BatchIterator(source, iterations), AHEAD, false);
  }

  /** The next batch; whoever takes it closes its arrays. */
  MultiDataSet next() {
    return iterator.next();
  }

  @Override
  public void close() {
    iterator.shutdown();
  }
}
