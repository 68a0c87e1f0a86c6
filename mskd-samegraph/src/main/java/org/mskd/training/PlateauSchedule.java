package org.mskd.training;

/**
 * The source's schedule read literally ("lowered by 20 % when the loss decreases by" less than
 * 1e-3): after an epoch whose mean loss is not at least {@code threshold} below the best so far,
 * the learning rate is multiplied by {@code factor}.
 */
public final class PlateauSchedule {
  private final double factor;
  private final double threshold;
  private double rate;
  private double best = Double.POSITIVE_INFINITY;

  public PlateauSchedule(double initialRate, double factor, double threshold) {
    this.rate = initialRate;
    this.factor = factor;
    this.threshold = threshold;
  }

  /** The learning rate of the next step. */
  public double rate() {
    return rate;
  }

  /** Tells the mean loss of the epoch that ended. */
  public void endEpoch(double meanLoss) {
    if (meanLoss > best - threshold) {
      rate *= factor;
    }
    best = Math.min(best, meanLoss);
  }
}
