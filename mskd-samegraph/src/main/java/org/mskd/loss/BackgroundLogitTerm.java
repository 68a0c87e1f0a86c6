package org.mskd.loss;

/**
 * The background logit loss (arXiv 2108.02559, section 3.2), over an image of W x H pixels:
 *
 * <pre>
 * L^B_logit = 1/(W·H) Σ_i KL(q̂^B_i ‖ q^S_i) M^B_i,   q̂^B = (1/K) Σ_k q̂^k
 * </pre>
 *
 * where no teacher sees its organ: the mean of all lifted teachers. The gradient by the student's
 * logits is {@code M^B (q^S - q̂^B) / (W·H)}. Here is one pixel of the sum, inside the region.
 */
final class BackgroundLogitTerm {
  private BackgroundLogitTerm() {}

  /**
   * @param teachers what the teachers say here
   * @param logStudent the student's log-probabilities {@code [K+1]}
   * @param weight λ1 times that of this pixel, applied to the gradient only
   * @param gradient receives {@code weight} times the term's gradient
   * @return KL(q̂^B ‖ q^S), without its weight
   */
  static double add(
      TeacherPixel teachers, double[] logStudent, double weight, PixelGradient gradient) {
    int organs = teachers.organs;
    double value = 0;
    double background = 0;
    for (int k = 0; k < organs; k++) {
      background += Math.exp(teachers.logBackground[k]) / organs;
      double organ = Math.exp(teachers.logOrgan[k]) / organs;
      value += Divergence.share(organ, teachers.logOrgan[k] - Math.log(organs), logStudent[k + 1]);
      gradient.add(k + 1, weight, organ);
    }
    gradient.add(0, weight, background);
    return value + Divergence.share(background, Math.log(background), logStudent[0]);
  }
}
