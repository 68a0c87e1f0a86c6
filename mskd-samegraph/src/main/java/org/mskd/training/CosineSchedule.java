package org.mskd.training;

/**
 * Half a cosine from the initial learning rate to 0 (Loshchilov and Hutter, <i>SGDR: stochastic
 * gradient descent with warm restarts</i>, ICLR 2017, equation 5, without restarts),
 *
 * <pre>
 * rate_i = rate_0 (1 + cos(π i/N)) / 2,   i = 0 .. N-1
 * </pre>
 *
 * @param initialRate rate_0
 * @param iterations N, those of the training without its warm-up
 */
record CosineSchedule(double initialRate, int iterations) implements LearningRateSchedule {
  @Override
  public double rate(int iteration) {
    return initialRate * (1 + StrictMath.cos(Math.PI * iteration / iterations)) / 2;
  }
}
