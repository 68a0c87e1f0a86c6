package org.mskd.loss;

import java.util.Arrays;

/**
 * The feature loss of organ k at level l (arXiv 2108.02559, section 3.3), over a map of W/2^l x
 * H/2^l positions:
 *
 * <pre>
 * L^{k,l}_feat = 1/(W/2^l · H/2^l) Σ_i KL(sort F^{k,l}_i ‖ sort F^{S,l}_i) M^{k,l}_i
 * </pre>
 *
 * with F = softmax over the C channels of a block's output. Sorting makes it independent of which
 * channel holds what: it is the least divergence over all orders of the channels. Its gradient by
 * the student's features before the softmax is that of a plain KL whose target is the teacher's
 * sorted probabilities put at the student's ranks, {@code M (F^S - target)}, so nothing is
 * differentiated through a sort. Equal values keep the order of their channels. Without sorting,
 * channel c is compared with channel c.
 *
 * <p>Here is one position of the sum, inside the region. Not safe for threads.
 */
final class FeatureTerm {
  private final int channels;
  private final boolean sorted;
  private final long[] studentOrder;
  private final float[] student;
  private final float[] teacher;
  private final double[] logStudent;
  private final double[] logTeacher;

  FeatureTerm(int channels, boolean sorted) {
    this.channels = channels;
    this.sorted = sorted;
    this.studentOrder = new long[channels];
    this.student = new float[channels];
    this.teacher = new float[channels];
    this.logStudent = new double[channels];
    this.logTeacher = new double[channels];
  }

  /**
   * Takes the student's features of this position, before any teacher is compared.
   *
   * @param features where its C features lie, from {@code at} on
   */
  void student(float[] features, int at) {
    for (int c = 0; c < channels; c++) {
      studentOrder[c] = (sorted ? (long) ascending(features[at + c]) << 32 : 0) | c;
    }
    if (sorted) {
      Arrays.sort(studentOrder);
    }
    for (int rank = 0; rank < channels; rank++) {
      student[rank] = features[at + (int) studentOrder[rank]];
    }
    LogSoftmax.of(student, 0, channels, 1, logStudent);
  }

  /**
   * Compares with one teacher's features.
   *
   * @param scale what the gradient is multiplied by before it is added to {@code gradient}
   * @return the divergence
   */
  double add(float[] features, int at, double scale, float[] gradient, int gradientAt) {
    System.arraycopy(features, at, teacher, 0, channels);
    if (sorted) {
      Arrays.sort(teacher);
    }
    LogSoftmax.of(teacher, 0, channels, 1, logTeacher);
    double value = 0;
    for (int rank = 0; rank < channels; rank++) {
      double target = Math.exp(logTeacher[rank]);
      value += Divergence.share(target, logTeacher[rank], logStudent[rank]);
      int channel = (int) studentOrder[rank];
      gradient[gradientAt + channel] += (float) (scale * (Math.exp(logStudent[rank]) - target));
    }
    return value;
  }

  /** A float's bits as an int that sorts like the float. */
  private static int ascending(float value) {
    int bits = Float.floatToRawIntBits(value + 0f); // -0 counts as 0
    return bits ^ ((bits >> 31) & 0x7fffffff);
  }
}
