package org.mskd.method;

import java.util.List;
import java.util.Map;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.training.TensorBatch;

/**
 * Stacks several views of a batch's images along the batch axis, so that a network reads them in
 * one pass. Normalisation is per slice, so that a view's prediction does not depend on the others.
 * A single view is left as it is.
 */
final class StackedViews implements BatchExtension {
  /** Name of the tensor that is added, {@code [views * batch, size, size, channels]}. */
  private static final String STACKED = "views";

  private final List<String> views;
  private final LastArrays last = new LastArrays();

  /**
   * @param views names of tensors of equal shapes, {@code [batch, size, size, channels]}
   */
  StackedViews(List<String> views) {
    this.views = List.copyOf(views);
  }

  /** The name of the tensor that holds all of some views. */
  static String nameOf(List<String> views) {
    return views.size() == 1 ? views.get(0) : STACKED;
  }

  @Override
  public TensorBatch extend(TensorBatch batch) {
    if (views.size() == 1) {
      return batch;
    }
    long[] shape = batch.get(views.get(0)).shape();
    int values = (int) batch.get(views.get(0)).length();
    float[] all = new float[views.size() * values];
    for (int i = 0; i < views.size(); i++) {
      System.arraycopy(HostFloats.copy(batch.get(views.get(i))), 0, all, i * values, values);
    }
    return batch.with(
        Map.of(STACKED, last.replace(all, views.size() * shape[0], shape[1], shape[2], shape[3])));
  }

  @Override
  public void close() {
    last.close();
  }
}
