package org.mskd.training;

/** Thrown by a training that was asked to end, after it has left a checkpoint. */
public final class TrainingCancelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingCancelled(String name, int iteration) {
    super(name + " was cancelled at iteration " + iteration);
  }
}
