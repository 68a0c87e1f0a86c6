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
   * @param i the pixel
   * @param k organ, 0..K-1
   * @param weight of this pixel in the loss
   * @param gradient receives {@code weight} times the term's gradient
   * @return KL(q̂^k ‖ q^S), without its weight
   */
  static double add(
      TeacherProbabilities teachers,
      Softmax student,
      int i,
      int k,
      double weight,
      PixelGradient gradient) {
    int j = i * teachers.organs + k;
    int z = i * student.channels;
    gradient.mass += weight;
    gradient.target[0] += weight * teachers.background[j];
    gradient.target[k + 1] += weight * teachers.organ[j];
    return share(teachers.background[j], teachers.logBackground[j], student.log[z])
        + share(teachers.organ[j], teachers.logOrgan[j], student.log[z + k + 1]);
  }

  /** One channel's share of KL(t ‖ q) = Σ t (log t - log q), with 0 log 0 = 0. */
  static double share(double t, double logT, double logQ) {
    return t == 0 ? 0 : t * (logT - logQ);
  }
}
