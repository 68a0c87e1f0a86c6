package org.mskd.loss;

import java.util.Arrays;

/**
 * The target of one position in the feature loss: {@code log F^{k,l}_i}, the log-softmax over the C
 * channels of a teacher's features, in ascending order where channels are sorted.
 */
public final class FeatureRow {
  private FeatureRow() {}

  /**
   * Computes one row.
   *
   * @param features the position's C features before the softmax, from {@code at} on
   * @param sorted whether the row is sorted in ascending order; if not, it keeps the channels'
   *     order
   * @param row receives C log-probabilities from {@code rowAt} on
   */
  public static void of(
      float[] features, int at, int channels, boolean sorted, float[] row, int rowAt) {
    System.arraycopy(features, at, row, rowAt, channels);
    int end = rowAt + channels;
    if (sorted) {
      Arrays.sort(row, rowAt, end);
    }
    double largest = row[end - 1];
    for (int i = rowAt; i < end; i++) {
      largest = Math.max(largest, row[i]);
    }
    double sum = 0;
    for (int i = rowAt; i < end; i++) {
      sum += ExpLog.exp(row[i] - largest);
    }
    double logSum = ExpLog.log(sum);
    for (int i = rowAt; i < end; i++) {
      row[i] = (float) (row[i] - largest - logSum);
    }
  }

  /** The content of rows that no position uses: equal probabilities. */
  public static float[] unused(int channels) {
    float[] row = new float[channels];
    Arrays.fill(row, (float) -Math.log(channels));
    return row;
  }
}
