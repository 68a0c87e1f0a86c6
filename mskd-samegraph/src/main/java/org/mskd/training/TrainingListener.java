package org.mskd.training;

/** Receives the progress of a training. */
@FunctionalInterface
public interface TrainingListener {
  /**
   * A step is done.
   *
   * @param iteration steps done
   * @param iterations steps in all
   * @param loss moving average of the loss
   */
  void step(int iteration, int iterations, double loss);
}
