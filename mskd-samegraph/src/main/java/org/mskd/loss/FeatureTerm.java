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
  /** Up to so many channels it is faster to count those before each than to sort. */
  private static final int MOST_COUNTED = 64;

  private static final int CHANNEL_BITS = 16;

  private final int channels;
  private final boolean sorted;
  private final long[] keys;
  private final long[] ranks;
  private final Softmax student;
  private final double[] teacher;

  FeatureTerm(int channels, boolean sorted) {
    this.channels = channels;
    this.sorted = sorted;
    this.keys = new long[channels];
    this.ranks = new long[channels];
    this.student = new Softmax(channels, 1);
    this.teacher = new double[channels];
    for (int c = 0; c < channels; c++) {
      ranks[c] = c;
    }
  }

  /**
   * Takes the student's features of this position, before any teacher is compared.
   *
   * @param features where its C features lie, from {@code at} on
   */
  void student(float[] features, int at) {
    if (sorted) {
      for (int c = 0; c < channels; c++) {
        keys[c] = ((long) ascending(features[at + c]) << CHANNEL_BITS) + c;
      }
      rank();
    }
    student.load(features, at, 1, 1);
  }

  /**
   * Compares with one teacher's row (see {@link FeatureRow}). Its probabilities are made to add up
   * to 1 again, as the row was rounded: so the divergence is 0 at least.
   *
   * @param scale what the gradient is multiplied by before it is added to {@code gradient}
   * @return the divergence
   */
  double add(float[] rows, int at, double scale, float[] gradient, int gradientAt) {
    double sum = 0;
    for (int rank = 0; rank < channels; rank++) {
      teacher[rank] = ExpLog.exp(rows[at + rank]);
    }
    for (int rank = 0; rank < channels; rank++) {
      sum += teacher[rank];
    }
    double inverse = 1 / sum;
    double logSum = ExpLog.log(sum);
    double value = 0;
    for (int c = 0; c < channels; c++) {
      int rank = (int) ranks[c];
      double target = teacher[rank] * inverse;
      value += OrganLogitTerm.share(target, rows[at + rank] - logSum, student.log[c]);
      gradient[gradientAt + c] += (float) (scale * (student.p[c] - target));
    }
    return value;
  }

  private void rank() {
    if (channels > MOST_COUNTED) {
      Arrays.sort(keys);
      for (int rank = 0; rank < channels; rank++) {
        ranks[(int) keys[rank] & ((1 << CHANNEL_BITS) - 1)] = rank;
      }
      return;
    }
    Arrays.fill(ranks, 0);
    for (int other = 0; other < channels; other++) {
      long key = keys[other];
      for (int c = 0; c < channels; c++) {
        // 1 where the other's key is the smaller; all differ.
        ranks[c] += (key - keys[c]) >>> 63;
      }
    }
  }

  /** A float's bits as an int that sorts like the float. */
  private static int ascending(float value) {
    int bits = Float.floatToRawIntBits(value + 0f); // -0 counts as 0
    return bits ^ ((bits >> 31) & 0x7fffffff);
  }
}
