package org.mskd.pipeline.stages;

import java.util.Optional;
import org.mskd.targets.TargetStore;
import org.mskd.training.BatchSource;
import org.mskd.training.Trainer;

/**
 * A network in training, with its batches.
 *
 * @param trainer closed with this object
 * @param batches of the open slices
 * @param store the stored teacher outputs that batches read, closed with this
 */
record Trainee(Trainer trainer, BatchSource batches, Optional<TargetStore> store)
    implements AutoCloseable {
  @Override
  public void close() {
    trainer.close();
    store.ifPresent(TargetStore::close);
  }
}
