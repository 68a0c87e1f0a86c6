package org.mskd.loss;

import org.mskd.experiment.Overlap;
import org.mskd.experiment.Regions;

/**
 * Which regions a pixel belongs to (arXiv 2108.02559, section 3.2):
 *
 * <pre>
 * M^k = 1 where teacher k's argmax is its organ,   M^B = Π_k (1 - M^k)
 * </pre>
 *
 * Where the argmax of several teachers is their organ, all count or, so that the regions are
 * disjoint, only the one with the largest organ probability, which is the one with the largest
 * margin; of equal ones the first. Without masks every pixel belongs to every region.
 *
 * @param organs K
 * @param masks whether regions are masks
 * @param winnerOnly whether overlapping regions are made disjoint
 */
record RegionRule(int organs, boolean masks, boolean winnerOnly) {
  static RegionRule of(int organs, Regions regions) {
    return new RegionRule(organs, regions.masks(), regions.overlap() == Overlap.WINNER);
  }

  /** Whether a teacher's argmax is its organ; a tie is background. */
  static boolean isOrgan(float margin) {
    return margin > 0;
  }

  /**
   * Whether a pixel belongs to M^k.
   *
   * @param margins the pixel's K margins, from {@code at} on
   * @param k 0..K-1
   */
  boolean organ(float[] margins, int at, int k) {
    return !masks || (isOrgan(margins[at + k]) && (!winnerOnly || largest(margins, at) == k));
  }

  /**
   * Whether a pixel belongs to M^B.
   *
   * @param margins as in {@link #organ}
   */
  boolean background(float[] margins, int at) {
    for (int k = 0; k < organs && masks; k++) {
      if (isOrgan(margins[at + k])) {
        return false;
      }
    }
    return true;
  }

  /** The first teacher with the largest margin. */
  private int largest(float[] margins, int at) {
    int largest = 0;
    for (int k = 1; k < organs; k++) {
      if (margins[at + k] > margins[at + largest]) {
        largest = k;
      }
    }
    return largest;
  }
}
