package org.mskd.dataset;

import org.mskd.random.SplitMix64;

/**
 * Samples parameters of transformations that are applied to some slices only. Each parameter takes
 * two random numbers, whether it is applied or not.
 *
 * @param random the generator
 * @param often factor of all probabilities; they end at 1
 */
record Chance(SplitMix64 random, double often) {
  /** Uniform over a range with a probability, else the value that changes nothing. */
  double uniform(double probability, double low, double high, double none) {
    double value = random.uniform(low, high);
    return occurs(probability) ? value : none;
  }

  /** Uniform below 1 and uniform above 1, each as likely, with a probability, else 1. */
  double aboutOne(double probability, double low, double high) {
    double side = random.uniform(-1, 1);
    double value = 1 + side * (side < 0 ? 1 - low : high - 1);
    return occurs(probability) ? value : 1;
  }

  private boolean occurs(double probability) {
    return random.nextDouble() < often * probability;
  }
}
