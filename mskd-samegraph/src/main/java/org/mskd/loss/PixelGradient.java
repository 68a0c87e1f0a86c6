package org.mskd.loss;

import java.util.Arrays;

/**
 * Gathers the gradient of several KL terms of one pixel with respect to the student's logits. Each
 * term {@code w KL(t ‖ softmax(z))} adds {@code w (q^S - t)}, so only the sums of weights and of
 * weighted targets are needed.
 */
final class PixelGradient {
  /** Σ w t, {@code [channels]} */
  final double[] target;

  /** Σ w */
  double mass;

  PixelGradient(int channels) {
    this.target = new double[channels];
  }

  void clear() {
    Arrays.fill(target, 0);
    mass = 0;
  }

  /**
   * Writes {@code scale (mass · q^S - target)}.
   *
   * @param i the pixel
   * @param out receives the gradient at {@code at}
   */
  void write(Softmax student, int i, double scale, float[] out, int at) {
    int z = i * target.length;
    for (int c = 0; c < target.length; c++) {
      out[at + c] = (float) (scale * (mass * student.p[z + c] - target[c]));
    }
  }
}
