package org.mskd.loss;

import java.util.Arrays;

/**
 * Soft Dice of some channels over all pixels of a batch, and its derivatives by a single pixel's
 * probabilities p.
 *
 * @param dice the mean over the channels that count
 * @param miss d(1 - Dice)/dp of each channel where the pixel is not of its class; 0 for a channel
 *     that does not count
 * @param hit added to miss where the pixel is
 */
@SuppressWarnings("ArrayRecordComponent") // made for one pass, never compared
record DiceSlopes(double dice, double[] miss, double[] hit) {
  /** Keeps batches without the organ defined; nnU-Net's value. */
  static final double SMOOTH = 1e-5;

  /** Of all channels but that of the background. */
  static DiceSlopes of(double[] sums, int channels) {
    boolean[] organs = new boolean[channels];
    Arrays.fill(organs, 1, channels, true);
    return of(sums, organs);
  }

  /**
   * @param sums from index 1 on: Σ p y of each channel, then Σ p + Σ y of each channel
   * @param counts which channels do
   */
  static DiceSlopes of(double[] sums, boolean[] counts) {
    int channels = counts.length;
    int counted = 0;
    for (boolean one : counts) {
      counted += one ? 1 : 0;
    }
    double dice = 0;
    double[] miss = new double[channels];
    double[] hit = new double[channels];
    for (int c = 0; c < channels; c++) {
      if (counts[c]) {
        double overlap = 2 * sums[1 + c] + SMOOTH;
        double size = sums[1 + channels + c] + SMOOTH;
        dice += overlap / size / counted;
        miss[c] = overlap / (size * size) / counted;
        hit[c] = -2 / size / counted;
      }
    }
    return new DiceSlopes(dice, miss, hit);
  }
}
