package org.mskd.loss;

import java.util.Arrays;

/**
 * What a teacher's features of one position come to in the feature loss: {@code log F^{k,l}_i}, the
 * log-softmax over the C channels, ascending where channels are sorted.
 */
public final class FeatureRow {
  private FeatureRow() {}

  /**
   * Makes one row.
   *
   * @param features where the position's C features lie, before the softmax, from {@code at} on
   * @param sorted whether the row is to ascend; else it keeps the channels' order
   * @param row receives C log-probabilities from {@code rowAt} on
   */
  public static void of(
      float[] features, int at, int channels, boolean sorted, float[] row, int rowAt) {
    System.arraycopy(features, at, row, rowAt, channels);
    if (sorted) {
      Arrays.sort(row, rowAt, rowAt + channels);
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = rowAt; i < rowAt + channels; i++) {
      largest = Math.max(largest, row[i]);
    }
    double sum = 0;
    for (int i = rowAt; i < rowAt + channels; i++) {
      sum += Math.exp(row[i] - largest);
    }
    double normalizer = largest + Math.log(sum);
    for (int i = rowAt; i < rowAt + channels; i++) {
      row[i] = (float) (row[i] - normalizer);
    }
  }

  /** Fills a row that no position has: {@code log(1/C)} each. */
  public static void unused(int channels, float[] row, int rowAt) {
    Arrays.fill(row, rowAt, rowAt + channels, (float) -Math.log(channels));
  }
}
