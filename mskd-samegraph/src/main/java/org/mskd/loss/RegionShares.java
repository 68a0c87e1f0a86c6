package org.mskd.loss;

import java.util.Arrays;
import org.mskd.experiment.LossNormalization;

/**
 * The weight of a pixel of each region, relative to the weight in a mean over all pixels of the
 * batch: exactly 1 for {@link LossNormalization#IMAGE} and where the region is the whole slice,
 * else the slice's area over the region's; 0 for an empty region.
 */
final class RegionShares {
  private RegionShares() {}

  /** For {@link LossNormalization#IMAGE}: {@code [slice][region]}. */
  static double[][] ofImage(int slices, int regions) {
    double[][] shares = new double[slices][regions];
    for (double[] slice : shares) {
      Arrays.fill(slice, 1);
    }
    return shares;
  }

  /**
   * For {@link LossNormalization#REGION}: {@code [slice][region]}.
   *
   * @param counts number of pixels of a slice in a region, {@code [slice][region]}
   * @param area pixels per slice
   */
  static double[][] ofRegions(int[][] counts, int area) {
    double[][] shares = new double[counts.length][counts[0].length];
    for (int slice = 0; slice < shares.length; slice++) {
      for (int region = 0; region < shares[slice].length; region++) {
        int count = counts[slice][region];
        shares[slice][region] = count == 0 ? 0 : (double) area / count;
      }
    }
    return shares;
  }
}
