package org.mskd.training;

import java.util.Optional;

/**
 * Lets the learning rate grow linearly in the first W iterations (Goyal et al., <i>Accurate, large
 * minibatch SGD</i>, arXiv 1706.02677): iteration i has (i + 1)/W of the rate. The schedule counts
 * the iterations after these from 0, so a decay begins where the warm-up ends.
 *
 * @param schedule after the warm-up. A {@link PlateauSchedule} also gets the epochs within it
 * @param length W, above 0
 */
record WarmUpSchedule(LearningRateSchedule schedule, int length) implements LearningRateSchedule {
  @Override
  public double rate(int iteration) {
    return iteration < length
        ? schedule.rate(0) * ((iteration + 1) / (double) length)
        : schedule.rate(iteration - length);
  }

  @Override
  public void endEpoch(double meanLoss) {
    schedule.endEpoch(meanLoss);
  }

  @Override
  public void forget() {
    schedule.forget();
  }

  @Override
  public Optional<PlateauState> state() {
    return schedule.state();
  }

  @Override
  public void restore(Optional<PlateauState> state) {
    schedule.restore(state);
  }
}
