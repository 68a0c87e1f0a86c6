package org.mskd.dataset;

/**
 * A place along the axis of a scan's slices.
 *
 * @param slice the slice there, or the next one below
 * @param above how far above that slice it is, as a part of the distance to the next one: 0, or
 *     below 1
 */
record SlicePlace(int slice, float above) {
  /** Nearer to a slice than this part of the distance is that slice: headers round spacings. */
  private static final double COINCIDES = 1e-3;

  /**
   * The place of a slice's fractional number; the end slice where that is beyond the scan.
   *
   * @param slices number of slices of the scan
   */
  static SlicePlace of(double position, int slices) {
    double inside = Math.max(0, Math.min(slices - 1, position));
    int lower = (int) Math.floor(inside + COINCIDES);
    double above = inside - lower;
    return new SlicePlace(lower, above < COINCIDES ? 0 : (float) above);
  }

  /** The highest slice that is needed: the next one above, unless the place is that of a slice. */
  int highest() {
    return above == 0 ? slice : slice + 1;
  }
}
