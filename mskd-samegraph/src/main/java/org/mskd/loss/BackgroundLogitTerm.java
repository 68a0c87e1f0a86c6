package org.mskd.loss;

import java.util.Arrays;

/**
 * The background logit loss (arXiv 2108.02559, section 3.2), over an image of W x H pixels:
 *
 * <pre>
 * L^B_logit = 1/(W·H) Σ_i KL(q̂^B_i ‖ q^S_i) M^B_i,   q̂^B = (1/K) Σ_k q̂^k
 * </pre>
 *
 * where no teacher predicts its organ: the mean of all lifted teachers. The gradient by the
 * student's logits is {@code M^B (q^S - q̂^B) / (W·H)}. The class computes a run of pixels. Not
 * thread-safe.
 */
final class BackgroundLogitTerm {
  /** The smallest probability whose logarithm is taken; smaller ones contribute 0. */
  private static final double LEAST = 1e-300;

  private final int organs;
  private final double[] background;
  private final double[] logBackground;
  private final double[] value;
  private final double[] scratch;

  /**
   * @param organs K
   * @param most the largest number of pixels per call
   */
  BackgroundLogitTerm(int organs, int most) {
    this.organs = organs;
    this.background = new double[most];
    this.logBackground = new double[most];
    this.value = new double[most];
    this.scratch = new double[most];
  }

  /**
   * @param count pixels
   * @param weight of each pixel in its term, 0 outside the region
   * @param lambda λ1, applied to the gradient only
   * @param values receives KL(q̂^B ‖ q^S) times its weight, added per pixel
   * @param gradient receives λ1 times the term's gradient times its weight
   */
  void add(
      TeacherProbabilities teachers,
      Softmax student,
      int count,
      double[] weight,
      double lambda,
      double[] values,
      LogitGradient gradient) {
    sum(teachers, student, count);
    double each = 1.0 / organs;
    for (int i = 0; i < count; i++) {
      background[i] *= each;
      logBackground[i] = Math.max(background[i], LEAST);
    }
    ExpLog.log(logBackground, count, scratch);
    for (int i = 0; i < count; i++) {
      values[i] +=
          weight[i] * (each * value[i] + background[i] * (logBackground[i] - student.log[i]));
    }
    double[] target = gradient.background;
    double[] mass = gradient.mass;
    for (int i = 0; i < count; i++) {
      scratch[i] = lambda * weight[i];
    }
    for (int i = 0; i < count; i++) {
      mass[i] += scratch[i];
    }
    for (int i = 0; i < count; i++) {
      target[i] += scratch[i] * background[i];
    }
    double[] organTargets = gradient.organs;
    for (int t = 0; t < organs * count; t += count) {
      for (int i = 0; i < count; i++) {
        organTargets[t + i] += scratch[i] * (each * teachers.organ[t + i]);
      }
    }
  }

  /** The sums over teachers: background probabilities, and the organs' shares of the divergence. */
  private void sum(TeacherProbabilities teachers, Softmax student, int count) {
    double logOrgans = Math.log(organs);
    double[] organ = teachers.organ;
    double[] logOrgan = teachers.logOrgan;
    Arrays.fill(background, 0, count, 0);
    Arrays.fill(value, 0, count, 0);
    for (int t = 0; t < organs * count; t += count) {
      int z = t + count;
      for (int i = 0; i < count; i++) {
        background[i] += teachers.background[t + i];
      }
      for (int i = 0; i < count; i++) {
        value[i] += organ[t + i] * (logOrgan[t + i] - logOrgans - student.log[z + i]);
      }
    }
  }
}
