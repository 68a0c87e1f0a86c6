package org.mskd.method;

import java.util.List;
import org.mskd.training.TensorBatch;

/**
 * Several extensions, one after the other.
 *
 * @param all closed with this
 */
record Extensions(List<BatchExtension> all) implements BatchExtension {
  Extensions {
    all = List.copyOf(all);
  }

  @Override
  public TensorBatch extend(TensorBatch batch) {
    TensorBatch extended = batch;
    for (BatchExtension one : all) {
      extended = one.extend(extended);
    }
    return extended;
  }

  @Override
  public void close() {
    all.forEach(BatchExtension::close);
  }
}
