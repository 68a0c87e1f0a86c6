package org.mskd.loss;

import java.util.Arrays;

/**
 * Accumulates the gradient of several KL terms of a run of pixels with respect to the student's
 * logits. Each term {@code w KL(t ‖ softmax(z))} adds {@code w (q^S - t)}, so only the sums of
 * weights and of weighted targets are needed.
 */
final class LogitGradient {
  private final int organCount;

  /** Σ w, {@code [pixel]}. */
  final double[] mass;

  /** Σ w t of channel 0. */
  final double[] background;

  /** Σ w t of channels 1..K, {@code [k][pixel]} flattened. */
  final double[] organs;

  /**
   * @param organs K
   * @param most the largest number of pixels per call
   */
  LogitGradient(int organs, int most) {
    this.organCount = organs;
    this.mass = new double[most];
    this.background = new double[most];
    this.organs = new double[organs * most];
  }

  void clear(int count) {
    Arrays.fill(mass, 0, count, 0);
    Arrays.fill(background, 0, count, 0);
    Arrays.fill(organs, 0, organCount * count, 0);
  }

  /**
   * Writes {@code scale (mass · q^S - target)}.
   *
   * @param out receives the gradient, {@code [count][K+1]}
   */
  void write(Softmax student, int count, double scale, float[] out) {
    int channels = organCount + 1;
    double[] p = student.p;
    for (int i = 0; i < count; i++) {
      out[i * channels] = (float) (scale * (mass[i] * p[i] - background[i]));
    }
    for (int k = 0; k < organCount; k++) {
      int t = k * count;
      int z = t + count;
      for (int i = 0; i < count; i++) {
        out[i * channels + k + 1] = (float) (scale * (mass[i] * p[z + i] - organs[t + i]));
      }
    }
  }
}
