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
    // In local variables: fields would be written back for each voxel.
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    int below = 0;
    int within = 0;
    int bodyShifted = 0;
    int softShifted = 0;
    int fractions = 0;
    for (float value : plane) {
      least = value < least ? value : least;
      most = value > most ? value : most;
      below += value < -30 ? 1 : 0;
      within += value >= 0 && value <= 100 ? 1 : 0;
      bodyShifted += value >= SHIFT - 30 ? 1 : 0;
      softShifted += value >= SHIFT && value <= SHIFT + 100 ? 1 : 0;
      fractions += value == (float) (long) value ? 0 : 1;
    }
    voxels += plane.length;
    minimum = Math.min(minimum, least);
    maximum = Math.max(maximum, most);
    low += below;
    soft += within;
    shiftedBody += bodyShifted;
    shifted += softShifted;
    whole &= fractions == 0;
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
