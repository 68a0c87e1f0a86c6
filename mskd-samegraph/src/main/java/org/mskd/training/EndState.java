package org.mskd.training;

import java.nio.file.Path;

/** The state of a training that is done, from which a longer one can continue. */
public final class EndState {
  private final TrainingProgress progress;
  private final History history;

  EndState(TrainingProgress progress, History history) {
    this.progress = progress;
    this.history = history;
  }

  /**
   * Writes it in the format of a checkpoint.
   *
   * @param inputs digest of everything the training depends on
   * @throws org.mskd.problem.BadInputException if the disk is full
   */
  public void write(Path file, String inputs) {
    CheckpointFile.write(file, progress.state(inputs, history), progress.tensors());
  }
}
