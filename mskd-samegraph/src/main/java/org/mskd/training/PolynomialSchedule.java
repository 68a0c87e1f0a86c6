package org.mskd.training;

/**
 * Polynomial decay of the learning rate, as in nnU-Net v2 ({@code PolyLRScheduler}),
 *
 * <pre>
 * rate_i = rate_0 (1 - i/N)^0.9,   i = 0 .. N-1
 * </pre>
 *
 * nnU-Net lowers the rate after each epoch, here it changes in each iteration.
 *
 * @param initialRate rate_0
 * @param iterations N, those of the training without its warm-up
 */
record PolynomialSchedule(double initialRate, int iterations) implements LearningRateSchedule {
  private static final double EXPONENT = 0.9;

  @Override
  public double rate(int iteration) {
    // The strict functions give the same bits on every machine.
    return initialRate * StrictMath.pow(1 - iteration / (double) iterations, EXPONENT);
  }
}
