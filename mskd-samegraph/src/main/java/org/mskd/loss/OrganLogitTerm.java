package org.mskd.loss;

/**
 * The organ logit loss of organ k (arXiv 2108.02559, section 3.2), over an image of W x H pixels:
 *
 * <pre>L^k_logit = 1/(W·H) Σ_i KL(q̂^k_i ‖ q^S_i) M^k_i</pre>
 *
 * where q̂^k is teacher k's output lifted to K+1 channels: its background probability on channel 0,
 * its organ probability on channel k, 0 elsewhere, so that it sums to 1. Other organs' channels are
 * pushed down inside the region: the gradient by the student's logits is {@code M^k (q^S - q̂^k) /
 * (W·H)} on all channels. Here is one pixel of the sum, inside the region.
 */
final class OrganLogitTerm {
  private OrganLogitTerm() {}

  /**
   * @param teachers what the teachers say here
   * @param k organ, 0..K-1
   * @param logStudent the student's log-probabilities {@code [K+1]}
   * @param weight of this pixel in the loss
   * @param gradient receives {@code weight} times the term's gradient
   * @return KL(q̂^k ‖ q^S), without its weight
   */
  static double add(
      TeacherPixel teachers, int k, double[] logStudent, double weight, PixelGradient gradient) {
    double background = Math.exp(teachers.logBackground[k]);
    double organ = Math.exp(teachers.logOrgan[k]);
    gradient.add(0, weight, background);
    gradient.add(k + 1, weight, organ);
    return Divergence.share(background, teachers.logBackground[k], logStudent[0])
        + Divergence.share(organ, teachers.logOrgan[k], logStudent[k + 1]);
  }
}
