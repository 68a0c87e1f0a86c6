package org.mskd.loss;

/**
 * What the K teachers say of one pixel: {@code q^k = softmax(f_k(x) / T)} over background and
 * organ, kept as logarithms, and the organ region {@code M^k}, where teacher k's argmax is organ
 * (the temperature does not move it).
 */
final class TeacherPixel {
  final int organs;
  final double[] logBackground;
  final double[] logOrgan;
  final boolean[] inRegion;
  private final double temperature;

  TeacherPixel(int organs, double temperature) {
    this.organs = organs;
    this.temperature = temperature;
    this.logBackground = new double[organs];
    this.logOrgan = new double[organs];
    this.inRegion = new boolean[organs];
  }

  /** Takes teacher {@code k}'s two logits. */
  void set(int k, float background, float organ) {
    double margin = ((double) organ - background) / temperature;
    logOrgan[k] = LogSoftmax.ofMargin(margin);
    logBackground[k] = LogSoftmax.ofMargin(-margin);
    inRegion[k] = isOrgan(background, organ);
  }

  /** M^B: no teacher sees its organ here. */
  boolean inBackground() {
    for (boolean region : inRegion) {
      if (region) {
        return false;
      }
    }
    return true;
  }

  /** M^k of two logits: organ only where it is strictly the larger. */
  static boolean isOrgan(float background, float organ) {
    return organ > background;
  }
}
