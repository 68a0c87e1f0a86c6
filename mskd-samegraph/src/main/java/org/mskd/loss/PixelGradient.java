package org.mskd.loss;

import java.util.Arrays;

/**
 * Gathers the gradient of several KL terms of one pixel with respect to the student's logits. Each
 * term {@code w KL(t ‖ softmax(z))} adds {@code w (Σt · q^S - t)}, so only the sums of weights and
 * of targets are needed.
 */
final class PixelGradient {
  private final double[] target;
  private double mass;

  PixelGradient(int channels) {
    this.target = new double[channels];
  }

  void clear() {
    Arrays.fill(target, 0);
    mass = 0;
  }

  /** Adds {@code weight} times a target probability of a channel. */
  void add(int channel, double weight, double probability) {
    target[channel] += weight * probability;
    mass += weight * probability;
  }

  /**
   * Writes {@code scale (mass · exp(logStudent) - target)}.
   *
   * @param logStudent the student's log-probabilities, {@code [channels]}
   * @param out receives the gradient at {@code at}
   */
  void write(double[] logStudent, double scale, float[] out, int at) {
    for (int c = 0; c < target.length; c++) {
      out[at + c] = mass == 0 ? 0f : (float) (scale * (mass * Math.exp(logStudent[c]) - target[c]));
    }
  }
}
