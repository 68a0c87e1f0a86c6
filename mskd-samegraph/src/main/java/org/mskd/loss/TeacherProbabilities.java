package org.mskd.loss;

/**
 * What the K teachers say of a run of pixels: {@code q^k = softmax(f_k(x) / T)} over background and
 * organ, from the margin of the two logits alone: one exponential and one logarithm each. Not safe
 * for threads.
 */
final class TeacherProbabilities {
  final int organs;

  /** q^k of the organ, {@code [pixel][K]} flattened. */
  final double[] organ;

  /** q^k of the background. */
  final double[] background;

  /** Their logarithms. */
  final double[] logOrgan;

  final double[] logBackground;

  /**
   * @param most pixels at once
   */
  TeacherProbabilities(int organs, int most) {
    this.organs = organs;
    this.organ = new double[organs * most];
    this.background = new double[organs * most];
    this.logOrgan = new double[organs * most];
    this.logBackground = new double[organs * most];
  }

  /**
   * Computes all four.
   *
   * @param margins {@code [count][K]}, organ logit minus background logit
   * @param inverseTemperature 1/T
   */
  void load(float[] margins, int count, double inverseTemperature) {
    for (int j = 0; j < count * organs; j++) {
      organ[j] = ExpLog.exp(-Math.abs(margins[j] * inverseTemperature));
    }
    for (int j = 0; j < count * organs; j++) {
      double margin = margins[j] * inverseTemperature;
      double less = organ[j];
      // log(1 + less) without log1p: what is lost of a small one is below 2^-53 of a term.
      double excess = ExpLog.log(1 + less);
      double larger = 1 / (1 + less);
      double smaller = less * larger;
      logOrgan[j] = Math.min(margin, 0) - excess;
      logBackground[j] = Math.min(-margin, 0) - excess;
      organ[j] = margin > 0 ? larger : smaller;
      background[j] = margin > 0 ? smaller : larger;
    }
  }
}
