package org.mskd.pipeline.stages;

import java.util.Optional;
import org.mskd.targets.TargetStore;
import org.mskd.training.BatchSource;
import org.mskd.training.Trainer;

/**
 * What is trained, with its batches.
 *
 * @param trainer closed with this
 * @param batches of the slices that are open
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
