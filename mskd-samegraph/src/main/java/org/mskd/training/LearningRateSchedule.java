package org.mskd.training;

import java.util.Optional;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.Training;

/** The learning rate of each iteration of a training. */
sealed interface LearningRateSchedule
    permits PlateauSchedule, PolynomialSchedule, CosineSchedule, WarmUpSchedule {
  /** The schedule of a training, before its first iteration. */
  static LearningRateSchedule of(Training settings) {
    int warmUp = settings.warmupIterations();
    LearningRateSchedule schedule =
        of(settings.schedule(), settings.learningRate(), settings.iterations() - warmUp);
    return warmUp == 0 ? schedule : new WarmUpSchedule(schedule, warmUp);
  }

  private static LearningRateSchedule of(Schedule schedule, double initialRate, int iterations) {
    if (schedule instanceof Plateau plateau) {
      return new PlateauSchedule(initialRate, plateau);
    }
    return schedule instanceof Schedule.Cosine
        ? new CosineSchedule(initialRate, iterations)
        : new PolynomialSchedule(initialRate, iterations);
  }

  /**
   * The rate of the next step.
   *
   * @param iteration its number, from 0
   */
  double rate(int iteration);

  /** Ends an epoch with its mean loss. */
  default void endEpoch(double meanLoss) {}

  /** Forgets the earlier epochs' losses, but not the rate: later ones are of another loss. */
  default void forget() {}

  /** What a checkpoint must hold; empty where the rate depends on the iteration alone. */
  default Optional<PlateauState> state() {
    return Optional.empty();
  }

  /** Resumes from a {@link #state}. */
  default void restore(Optional<PlateauState> state) {}
}
