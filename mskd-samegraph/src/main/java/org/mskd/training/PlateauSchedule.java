package org.mskd.training;

import java.util.Optional;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;

/**
 * Lowers the learning rate on a plateau. An epoch improves when its signal is below the best one,
 * by at least {@code threshold}; when more than {@code patience} epochs in a row did not, the rate
 * is multiplied by {@code factor} and the count starts again at 0.
 *
 * <p>The best signal is that of the last epoch that improved, so that slow progress adds up within
 * the patience, as in PyTorch's {@code ReduceLROnPlateau} (mode {@code min}, {@code threshold_mode}
 * {@code abs}), which nnU-Net v1 uses. Without patience it is the lowest one seen: MS-KD's "lowered
 * by 20 % when the loss decreases by" less than 1e-3 (section 4.1), read epoch by epoch.
 */
final class PlateauSchedule implements LearningRateSchedule {
  /** Weight of the past in the moving average, nnU-Net v1's {@code train_loss_MA}. */
  static final double MOMENTUM = 0.93;

  private final Plateau settings;
  private double rate;
  private double average = Double.NaN;
  private double best = Double.POSITIVE_INFINITY;
  private int waits;

  PlateauSchedule(double initialRate, Plateau settings) {
    this.rate = initialRate;
    this.settings = settings;
  }

  @Override
  public void restore(Optional<PlateauState> state) {
    PlateauState found = state.orElseThrow();
    rate = found.rate();
    average = found.average();
    best = found.best();
    waits = found.waits();
  }

  @Override
  public Optional<PlateauState> state() {
    return Optional.of(new PlateauState(rate, average, best, waits));
  }

  /** The same for every iteration until an epoch ends. */
  @Override
  public double rate(int iteration) {
    return rate;
  }

  @Override
  public void forget() {
    average = Double.NaN;
    best = Double.POSITIVE_INFINITY;
    waits = 0;
  }

  @Override
  public void endEpoch(double meanLoss) {
    // The first epoch starts the average.
    average = Double.isNaN(average) ? meanLoss : MOMENTUM * average + (1 - MOMENTUM) * meanLoss;
    double signal = settings.signal() == PlateauSignal.AVERAGE ? average : meanLoss;
    if (signal < best && signal <= best - settings.threshold()) {
      best = signal;
      waits = 0;
      return;
    }
    waits++;
    if (waits > settings.patience()) {
      rate *= settings.factor();
      waits = 0;
    }
    if (settings.patience() == 0) {
      best = Math.min(best, signal);
    }
  }
}
