package org.mskd.method;

import org.mskd.training.TensorBatch;

/** Adds tensors to a batch before the step, from those that it has. */
public interface BatchExtension extends AutoCloseable {
  /** Adds nothing. */
  BatchExtension NONE = batch -> batch;

  /**
   * The batch with more tensors. They stay the extension's, and are valid until the next call.
   *
   * @param batch stays the caller's
   */
  TensorBatch extend(TensorBatch batch);

  @Override
  default void close() {}
}
