package org.mskd.training;

import java.util.NoSuchElementException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The batches of a training as tensors: features {@code [batch, size, size, 1]} and, where the
 * source carries labels, classes {@code [batch, size, size]}. Meant to be wrapped in an
 * asynchronous iterator; whoever takes a batch closes its arrays.
 */
final class BatchIterator implements MultiDataSetIterator {
  private static final long serialVersionUID = 1L;

  private final transient BatchSource source;
  private final int iterations;
  private int next = 0;

  /** All batches of a training. */
  BatchIterator(BatchSource source, int iterations) {
    this.source = source;
    this.iterations = iterations;
  }

  @Override
  public boolean hasNext() {
    return next < iterations;
  }

  @Override
  public MultiDataSet next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all " + iterations + " batches are drawn");
    }
    Batch batch = source.batch(next++);
    long size = source.size();
    long slots = batch.slices().length;
    INDArray images = Nd4j.create(batch.images(), new long[] {slots, size, size, 1}, 'c');
    if (batch.labels().length == 0) {
      return new org.nd4j.linalg.dataset.MultiDataSet(new INDArray[] {images}, new INDArray[0]);
    }
    INDArray labels = Nd4j.create(floats(batch.labels()), new long[] {slots, size, size}, 'c');
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {images}, new INDArray[] {labels});
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
