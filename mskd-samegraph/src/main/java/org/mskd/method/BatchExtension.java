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

  /** This extension, then another one that gets its batch; both are closed with the result. */
  default BatchExtension then(BatchExtension next) {
    BatchExtension first = this;
    return new BatchExtension() {
      @Override
      public TensorBatch extend(TensorBatch batch) {
        return next.extend(first.extend(batch));
      }

      @Override
      public void close() {
        first.close();
        next.close();
      }
    };
  }

  @Override
  default void close() {}
}
