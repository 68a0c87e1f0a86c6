package org.mskd.training;

import java.util.SortedMap;

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

  /**
   * An epoch is done, and its network was scored on held-out subjects.
   *
   * @param epoch from 1
   * @param epochs epochs in all
   * @param dice by organ, 0 to 1, as {@link EpochValidation#dice}
   */
  default void validated(int epoch, int epochs, SortedMap<String, Double> dice) {}
}
