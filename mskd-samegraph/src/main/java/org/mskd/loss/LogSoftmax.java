package org.mskd.loss;

/** Log-probabilities of one pixel, never as the logarithm of a softmax. */
final class LogSoftmax {
  private LogSoftmax() {}

  /**
   * {@code out[c] = z[c]/T - log Σ_j exp(z[j]/T)}.
   *
   * @param logits where the pixel's logits lie
   * @param at position of the first of them
   * @param channels how many
   * @param temperature T
   * @param out receives the log-probabilities, {@code [channels]}
   */
  static void of(float[] logits, int at, int channels, double temperature, double[] out) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < channels; c++) {
      out[c] = logits[at + c] / temperature;
      largest = Math.max(largest, out[c]);
    }
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      sum += Math.exp(out[c] - largest);
    }
    double normalizer = largest + Math.log(sum);
    for (int c = 0; c < channels; c++) {
      out[c] -= normalizer;
    }
  }

  /** {@code log(1 / (1 + exp(-margin)))}: the log-probability of the second of two channels. */
  static double ofMargin(double margin) {
    return Math.min(margin, 0) - Math.log1p(Math.exp(-Math.abs(margin)));
  }
}
