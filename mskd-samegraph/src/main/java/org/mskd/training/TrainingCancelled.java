package org.mskd.training;

/** Thrown by a training that was cancelled, after it has written a checkpoint. */
public final class TrainingCancelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int iteration;

  TrainingCancelled(String name, int iteration) {
    super(name + " was cancelled at iteration " + iteration);
    this.iteration = iteration;
  }

  /** Iterations done, and held by the checkpoint. */
  public int iteration() {
    return iteration;
  }
}
