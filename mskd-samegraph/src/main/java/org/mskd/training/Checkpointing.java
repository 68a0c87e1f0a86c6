package org.mskd.training;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Where and when a training keeps what it is, and where it begins.
 *
 * @param folder where
 * @param every iterations from one checkpoint to the next
 * @param start the checkpoint the training goes on from; empty to begin anew
 * @param endRequested asked at the end of each iteration whether the training should keep its state
 *     and end
 * @param written told the iteration of each checkpoint that is on the disk
 */
public record Checkpointing(
    CheckpointFolder folder,
    int every,
    Optional<Checkpoint> start,
    BooleanSupplier endRequested,
    IntConsumer written) {

  /** A training whose checkpoints nobody is told of. */
  public Checkpointing(
      CheckpointFolder folder,
      int every,
      Optional<Checkpoint> start,
      BooleanSupplier endRequested) {
    this(folder, every, start, endRequested, iteration -> {});
  }

  /** The first iteration. */
  public int first() {
    return start.map(Checkpoint::iteration).orElse(0);
  }
}
