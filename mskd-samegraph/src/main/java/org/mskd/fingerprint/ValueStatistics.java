package org.mskd.fingerprint;

/** Statistics of all voxels. */
final class ValueStatistics {
  private static final double SHIFT = 1024;

  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;
  private long voxels;
  private long low;
  private long soft;
  private long shifted;
  private long shiftedBody;
  private boolean whole = true;

  void add(float[] plane) {
    voxels += plane.length;
    for (float value : plane) {
      minimum = Math.min(minimum, value);
      maximum = Math.max(maximum, value);
      low += value < -30 ? 1 : 0;
      soft += value >= 0 && value <= 100 ? 1 : 0;
      shiftedBody += value >= SHIFT - 30 ? 1 : 0;
      shifted += value >= SHIFT && value <= SHIFT + 100 ? 1 : 0;
      whole &= value == Math.rint(value);
    }
  }

  Intensities result() {
    return new Intensities(
        minimum,
        maximum,
        (double) low / voxels,
        (double) soft / voxels,
        shiftedBody == 0 ? 0 : (double) shifted / shiftedBody,
        whole);
  }
}
