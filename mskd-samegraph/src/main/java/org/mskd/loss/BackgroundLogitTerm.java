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
  private final int organs;
  private final double each;
  private final double logOrgans;

  /**
   * @param organs K
   */
  BackgroundLogitTerm(int organs) {
    this.organs = organs;
    this.each = 1.0 / organs;
    this.logOrgans = Math.log(organs);
  }

  /**
   * @param i the pixel
   * @param weight λ1 times that of this pixel, applied to the gradient only
   * @param gradient receives {@code weight} times the term's gradient
   * @return KL(q̂^B ‖ q^S), without its weight
   */
  double add(
      TeacherProbabilities teachers,
      Softmax student,
      int i,
      double weight,
      PixelGradient gradient) {
    double[] target = gradient.target;
    int t = i * organs;
    int z = i * (organs + 1);
    double value = 0;
    double background = 0;
    for (int k = 0; k < organs; k++) {
      double organ = teachers.organ[t + k];
      background += teachers.background[t + k];
      value +=
          OrganLogitTerm.share(organ, teachers.logOrgan[t + k] - logOrgans, student.log[z + k + 1]);
      target[k + 1] += weight * each * organ;
    }
    background *= each;
    gradient.mass += weight;
    target[0] += weight * background;
    return each * value + OrganLogitTerm.share(background, ExpLog.log(background), student.log[z]);
  }
}
