package org.mskd.loss;

/**
 * The organ logit loss of organ k (arXiv 2108.02559, section 3.2), over an image of W x H pixels:
 *
 * <pre>L^k_logit = 1/(W·H) Σ_i KL(q̂^k_i ‖ q^S_i) M^k_i</pre>
 *
 * where q̂^k is teacher k's output lifted to K+1 channels: its background probability on channel 0,
 * its organ probability on channel k, 0 elsewhere, so that it sums to 1. Inside the region the loss
 * lowers the other organs' channels: the gradient by the student's logits is {@code M^k (q^S -
 * q̂^k) / (W·H)} on all channels. The class computes a run of pixels.
 */
final class OrganLogitTerm {
  private OrganLogitTerm() {}

  /**
   * @param k organ, 0..K-1
   * @param count pixels
   * @param weight of each pixel in the loss, 0 outside the region
   * @param values receives KL(q̂^k ‖ q^S) times its weight, added per pixel
   * @param gradient receives the term's gradient times its weight
   */
  static void add(
      TeacherProbabilities teachers,
      Softmax student,
      int k,
      int count,
      double[] weight,
      double[] values,
      LogitGradient gradient) {
    double[] background = teachers.background;
    double[] organ = teachers.organ;
    double[] logBackground = teachers.logBackground;
    double[] logOrgan = teachers.logOrgan;
    double[] log = student.log;
    int t = k * count;
    int z = (k + 1) * count;
    // Each share t (log t - log q) is 0 where t is 0, as logarithms here are finite.
    for (int i = 0; i < count; i++) {
      values[i] +=
          weight[i]
              * (background[t + i] * (logBackground[t + i] - log[i])
                  + organ[t + i] * (logOrgan[t + i] - log[z + i]));
    }
    double[] target = gradient.background;
    for (int i = 0; i < count; i++) {
      target[i] += weight[i] * background[t + i];
    }
    double[] organs = gradient.organs;
    for (int i = 0; i < count; i++) {
      organs[t + i] += weight[i] * organ[t + i];
    }
    double[] mass = gradient.mass;
    for (int i = 0; i < count; i++) {
      mass[i] += weight[i];
    }
  }
}
