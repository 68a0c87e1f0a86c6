package org.mskd.training;

/**
 * How much of a moving average of weights each update keeps: α, and in the first updates less where
 * it warms up,
 *
 * <pre>
 * α_t = min(α, (1 + t) / (10 + t)),   t = 0, 1, ...
 * </pre>
 *
 * as in TensorFlow's {@code ExponentialMovingAverage} with {@code num_updates}. Without that an
 * average of α = 0.999 is still 37 % initial weights after 1000 updates; with it the average covers
 * about the last tenth of the training so far.
 *
 * @param decay α, from 0 to 1
 */
public record AverageDecay(double decay, boolean warmsUp) {
  /**
   * @param update number of the update, from 0
   */
  public double at(int update) {
    return warmsUp ? Math.min(decay, (1.0 + update) / (10.0 + update)) : decay;
  }
}
