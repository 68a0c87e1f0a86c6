package org.mskd.fingerprint;

/**
 * Where the body lies in the axial planes: between the 1st and the 99th percentile of its soft
 * tissue along each axis, so that a table or an arm hardly counts. Along the body it is the whole
 * scan.
 *
 * @param from the first voxel along each axis
 * @param to the voxel after the last along each axis
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BodyBox(int[] from, int[] to) {
  private static final double TRIMMED = 0.01;

  /**
   * @param tissue soft-tissue voxels at each position along right, front and head
   */
  static BodyBox of(long[][] tissue) {
    int[] from = new int[3];
    int[] to = {tissue[0].length, tissue[1].length, tissue[2].length};
    for (int axis = 0; axis < 2; axis++) {
      long all = 0;
      for (long count : tissue[axis]) {
        all += count;
      }
      if (all > 0) {
        from[axis] = position(tissue[axis], TRIMMED * all);
        to[axis] = position(tissue[axis], (1 - TRIMMED) * all) + 1;
      }
    }
    return new BodyBox(from, to);
  }

  private static int position(long[] counts, double wanted) {
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      if (sum >= wanted) {
        return i;
      }
    }
    return counts.length - 1;
  }

  /** Where a position lies: 0 is the middle, 0.5 the end of the axis. */
  double relative(int axis, double position) {
    double middle = (from[axis] + to[axis] - 1) / 2.0;
    return (position - middle) / (to[axis] - from[axis]);
  }
}
