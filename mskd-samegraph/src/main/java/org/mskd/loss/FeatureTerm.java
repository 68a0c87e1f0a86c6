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
 * with F = softmax over the C channels of a block's output. Sorting makes it independent of the
 * order of the channels: it is the minimum of the divergence over all permutations of channels. Its
 * gradient with respect to the student's features before the softmax is that of a plain KL whose
 * target is the teacher's sorted probabilities at the student's ranks, {@code M (F^S - target)}, so
 * no sort is differentiated. Equal values keep the order of their channels. Without sorting,
 * channel c is compared with channel c.
 *
 * <p>The class computes one position of the sum, inside the region. Not thread-safe.
 */
final class FeatureTerm {
  /** Up to this number of channels, ranking by counting is faster than sorting. */
  private static final int MOST_COUNTED = 64;

  private static final int CHANNEL_BITS = 16;

  private final int channels;
  private final boolean sorted;
  private final long[] keys;
  private final long[] ranks;
  private final double[] p;
  private final double[] log;
  private final double[] teacher;
  private final double[] scratch;

  FeatureTerm(int channels, boolean sorted) {
    this.channels = channels;
    this.sorted = sorted;
    this.keys = new long[channels];
    this.ranks = new long[channels];
    this.p = new double[channels];
    this.log = new double[channels];
    this.teacher = new double[channels];
    this.scratch = new double[channels];
    for (int c = 0; c < channels; c++) {
      ranks[c] = c;
    }
  }

  /**
   * Sets the student's features of a position, for the comparisons that follow.
   *
   * @param features its C features, from {@code at} on
   */
  void student(float[] features, int at) {
    if (sorted) {
      for (int c = 0; c < channels; c++) {
        keys[c] = ((long) ascending(features[at + c]) << CHANNEL_BITS) + c;
      }
      rank();
    }
    double largest = features[at];
    for (int c = 1; c < channels; c++) {
      largest = Math.max(largest, features[at + c]);
    }
    for (int c = 0; c < channels; c++) {
      log[c] = features[at + c] - largest;
      p[c] = log[c];
    }
    ExpLog.exp(p, channels, scratch);
    double sum = PixelBlocks.total(p, 0, channels);
    double inverse = 1 / sum;
    double logSum = ExpLog.log(sum);
    for (int c = 0; c < channels; c++) {
      p[c] *= inverse;
      log[c] -= logSum;
    }
  }

  /**
   * Compares with one teacher's row (see {@link FeatureRow}). Its probabilities are normalised
   * again, as the row was rounded: so the divergence is not negative.
   *
   * @param scale factor of the gradient before it is added to {@code gradient}
   * @return the divergence
   */
  double add(float[] rows, int at, double scale, float[] gradient, int gradientAt) {
    for (int rank = 0; rank < channels; rank++) {
      teacher[rank] = rows[at + rank];
    }
    ExpLog.exp(teacher, channels, scratch);
    double sum = PixelBlocks.total(teacher, 0, channels);
    double inverse = 1 / sum;
    double logSum = ExpLog.log(sum);
    double value = 0;
    for (int c = 0; c < channels; c++) {
      int rank = (int) ranks[c];
      double target = teacher[rank] * inverse;
      // A probability of 0 has a finite logarithm here, so its share is 0.
      value += target * (rows[at + rank] - logSum - log[c]);
      gradient[gradientAt + c] += (float) (scale * (p[c] - target));
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
