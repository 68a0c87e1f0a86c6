package org.mskd.training;

import java.nio.file.Path;
import java.util.SortedMap;
import org.mskd.model.Tensor;

/** A complete checkpoint on the disk: a training can resume from it. */
public final class Checkpoint {
  private final Path file;
  private final TrainingState state;

  Checkpoint(Path file, TrainingState state) {
    this.file = file;
    this.state = state;
  }

  /** Iterations done. */
  public int iteration() {
    return state.iteration();
  }

  Path file() {
    return file;
  }

  TrainingState state() {
    return state;
  }

  /**
   * The tensors, read from the file in each call: they are several times the size of the network.
   */
  SortedMap<String, Tensor> tensors() {
    return CheckpointFile.readTensors(file);
  }
}
