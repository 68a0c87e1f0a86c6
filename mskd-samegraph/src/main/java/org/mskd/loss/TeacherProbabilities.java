package org.mskd.loss;

/**
 * The K teachers' probabilities in a run of pixels: {@code q^k = softmax(f_k(x) / T)} over
 * background and organ, from the margin of the two logits alone: one exponential and one logarithm
 * each. Teachers are stored one after the other, so that loops run over pixels. Not thread-safe.
 */
final class TeacherProbabilities {
  final int organs;

  /** Organ logit minus background logit over T, {@code [k][pixel]} flattened. */
  final double[] margin;

  /** q^k of the organ. */
  final double[] organ;

  /** q^k of the background. */
  final double[] background;

  /** Their logarithms. */
  final double[] logOrgan;

  final double[] logBackground;
  private final double[] scratch;

  /**
   * @param most the largest number of pixels per call
   */
  TeacherProbabilities(int organs, int most) {
    this.organs = organs;
    this.margin = new double[organs * most];
    this.organ = new double[organs * most];
    this.background = new double[organs * most];
    this.logOrgan = new double[organs * most];
    this.logBackground = new double[organs * most];
    this.scratch = new double[organs * most];
  }

  /**
   * Computes probabilities and logarithms.
   *
   * @param margins {@code [count][K]}, organ logit minus background logit
   * @param inverseTemperature 1/T
   */
  void load(float[] margins, int count, double inverseTemperature) {
    for (int k = 0; k < organs; k++) {
      for (int i = 0; i < count; i++) {
        margin[k * count + i] = margins[i * organs + k] * inverseTemperature;
      }
    }
    compute(organs * count);
  }

  /** Computes probabilities and logarithms of the first margins. */
  void compute(int count) {
    for (int j = 0; j < count; j++) {
      organ[j] = -Math.abs(margin[j]);
    }
    ExpLog.exp(organ, count, scratch);
    // log(1 + e) without log1p: what is lost of a small e is below 2^-53 of a term.
    for (int j = 0; j < count; j++) {
      logOrgan[j] = 1 + organ[j];
      background[j] = 1 / (1 + organ[j]);
    }
    ExpLog.log(logOrgan, count, scratch);
    for (int j = 0; j < count; j++) {
      double excess = logOrgan[j];
      logOrgan[j] = Math.min(margin[j], 0) - excess;
      logBackground[j] = Math.min(-margin[j], 0) - excess;
    }
    for (int j = 0; j < count; j++) {
      organ[j] *= background[j];
    }
    for (int j = 0; j < count; j++) {
      if (margin[j] > 0) {
        double larger = background[j];
        background[j] = organ[j];
        organ[j] = larger;
      }
    }
  }
}
