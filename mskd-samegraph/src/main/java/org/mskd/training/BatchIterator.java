package org.mskd.training;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import org.mskd.graph.runtime.ArrayPool;
import org.mskd.targets.BatchTargets;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * The batches of a training as tensors: features {@code [batch, size, size, 1]} and, where the
 * source carries labels, classes {@code [batch, size, size]} and each slot's organ channel {@code
 * [batch]}; the slices' names are the example metadata. Where the source carries teachers' targets,
 * further features are the margins {@code [batch, size, size, K]}, then for each level the index
 * {@code [batch, size/2^l, size/2^l, K]} (INT32) and the rows {@code [R, C]}. Meant to be wrapped
 * in an asynchronous iterator; its arrays are a pool's, to be given back to it.
 *
 * <p>Whatever goes wrong ends the batches early and waits in {@link #rethrow}: ND4J's asynchronous
 * iterator loses an {@link Error}, and what is thrown while the step already waits, and the step
 * would wait for ever.
 */
final class BatchIterator implements MultiDataSetIterator {
  private static final long serialVersionUID = 1L;

  private final transient IntFunction<Batch> source;
  private final int iterations;
  private final transient ArrayPool pool;
  private int next;
  private transient volatile Throwable failure;

  /** The batches of iterations {@code first .. iterations-1} of {@code source}. */
  BatchIterator(IntFunction<Batch> source, int first, int iterations, ArrayPool pool) {
    this.source = source;
    this.next = first;
    this.iterations = iterations;
    this.pool = pool;
  }

  @Override
  public boolean hasNext() {
    return next < iterations && failure == null;
  }

  /** The next batch, or null where it could not be made, which the asynchronous iterator skips. */
  @Override
  public MultiDataSet next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all " + iterations + " batches are drawn");
    }
    try {
      return tensors(source.apply(next++));
    } catch (Throwable e) {
      failure = e;
      return null;
    }
  }

  /** Throws what ended the batches early, if anything did. */
  void rethrow() {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  private MultiDataSet tensors(Batch batch) {
    long size = batch.size();
    long slots = batch.slices().size();
    List<INDArray> features = new ArrayList<>();
    features.add(pool.floats(batch.images(), slots, size, size, 1));
    batch.targets().ifPresent(targets -> add(targets, slots, size, features));
    INDArray[] labels =
        batch.labels().length == 0
            ? new INDArray[0]
            : new INDArray[] {
              pool.floats(floats(batch.labels()), slots, size, size),
              pool.floats(batch.organs(), slots)
            };
    MultiDataSet tensors = new MultiDataSet(features.toArray(new INDArray[0]), labels);
    tensors.setExampleMetaData(batch.slices());
    return tensors;
  }

  private void add(BatchTargets targets, long slots, long size, List<INDArray> features) {
    float[] margins = targets.margins();
    long organs = margins.length / (slots * size * size);
    features.add(pool.floats(margins, slots, size, size, organs));
    for (BatchTargets.Level level : targets.levels()) {
      long side = level.side();
      features.add(pool.ints(level.index(), slots, side, side, organs));
      long rows = level.rows().length / level.channels();
      features.add(pool.floats(level.rows(), rows, level.channels()));
    }
  }

  private static float[] floats(byte[] labels) {
    float[] classes = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      classes[i] = labels[i];
    }
    return classes;
  }

  @Override
  public MultiDataSet next(int count) {
    throw new UnsupportedOperationException("a batch is drawn whole; its size is the sampler's");
  }

  @Override
  public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
    throw new UnsupportedOperationException("slices are preprocessed before they are stored");
  }

  @Override
  public MultiDataSetPreProcessor getPreProcessor() {
    return null;
  }

  @Override
  public boolean resetSupported() {
    return false;
  }

  @Override
  public boolean asyncSupported() {
    return true;
  }

  @Override
  public void reset() {
    throw new UnsupportedOperationException("a training draws its batches once");
  }
}
