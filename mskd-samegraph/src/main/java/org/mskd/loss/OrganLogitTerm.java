package org.mskd.loss;

/**
 * The organ logit loss of organ k (arXiv 2108.02559, section 3.2), at one pixel:
 *
 * <pre>KL(q̂^k ‖ q^S) M^k</pre>
 *
 * where q̂^k is teacher k's output lifted to K+1 channels: its background probability on channel 0,
 * its organ probability on channel k, 0 elsewhere. Other organs' channels are pushed down inside
 * the region. The map's mean over all pixels, inside the region or not, is the loss.
 */
final class OrganLogitTerm {
  private OrganLogitTerm() {}

  /**
   * @param teachers what the teachers say here
   * @param k organ, 0..K-1
   * @param logStudent the student's log-probabilities {@code [K+1]}
   * @param gradient receives the term's gradient
   * @return the term's value, 0 outside the region
   */
  static double add(TeacherPixel teachers, int k, double[] logStudent, PixelGradient gradient) {
    if (!teachers.inRegion[k]) {
      return 0;
    }
    double background = Math.exp(teachers.logBackground[k]);
    double organ = Math.exp(teachers.logOrgan[k]);
    gradient.add(0, 1, background);
    gradient.add(k + 1, 1, organ);
    return Divergence.share(background, teachers.logBackground[k], logStudent[0])
        + Divergence.share(organ, teachers.logOrgan[k], logStudent[k + 1]);
  }
}
