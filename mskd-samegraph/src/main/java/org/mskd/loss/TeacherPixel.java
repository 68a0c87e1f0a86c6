package org.mskd.loss;

/**
 * What the K teachers say of one pixel: {@code q^k = softmax(f_k(x) / T)} over background and
 * organ, kept as logarithms.
 */
final class TeacherPixel {
  final int organs;
  final double[] logBackground;
  final double[] logOrgan;
  private final double temperature;

  TeacherPixel(int organs, double temperature) {
    this.organs = organs;
    this.temperature = temperature;
    this.logBackground = new double[organs];
    this.logOrgan = new double[organs];
  }

  /** Takes teacher {@code k}'s two logits. */
  void set(int k, float background, float organ) {
    double margin = ((double) organ - background) / temperature;
    logOrgan[k] = LogSoftmax.ofMargin(margin);
    logBackground[k] = LogSoftmax.ofMargin(-margin);
  }
}
