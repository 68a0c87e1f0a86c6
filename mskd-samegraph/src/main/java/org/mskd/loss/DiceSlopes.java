package org.mskd.loss;

/**
 * Soft Dice of the organ channels over all pixels of a batch, and its derivatives by a single
 * pixel's probabilities p.
 *
 * @param dice the mean over the organ channels
 * @param miss d(1 - Dice)/dp of each channel where the pixel is not of its class
 * @param hit added to miss where the pixel is
 */
@SuppressWarnings("ArrayRecordComponent") // made for one pass, never compared
record DiceSlopes(double dice, double[] miss, double[] hit) {
  /** Keeps empty batches defined; nnU-Net's value. */
  private static final double SMOOTH = 1e-5;

  /**
   * @param sums from index 1 on: Σ p y of each channel, then Σ p + Σ y of each channel
   */
  static DiceSlopes of(double[] sums, int channels) {
    double dice = 0;
    double[] miss = new double[channels];
    double[] hit = new double[channels];
    for (int c = 1; c < channels; c++) {
      double overlap = 2 * sums[1 + c] + SMOOTH;
      double size = sums[1 + channels + c] + SMOOTH;
      dice += overlap / size / (channels - 1);
      miss[c] = overlap / (size * size) / (channels - 1);
      hit[c] = -2 / size / (channels - 1);
    }
    return new DiceSlopes(dice, miss, hit);
  }
}
