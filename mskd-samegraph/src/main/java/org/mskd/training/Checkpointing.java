package org.mskd.training;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Where and when a training writes checkpoints, and the one that it resumes from.
 *
 * @param folder where
 * @param every iterations from one checkpoint to the next
 * @param start the checkpoint to resume from; empty to begin at iteration 0
 * @param endRequested called at the end of each iteration; true makes the training write a
 *     checkpoint and end
 * @param written receives the iteration of each checkpoint that is on the disk
 */
public record Checkpointing(
    CheckpointFolder folder,
    int every,
    Optional<Checkpoint> start,
    BooleanSupplier endRequested,
    IntConsumer written) {

  /** Without a listener for written checkpoints. */
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
