package org.mskd.dataset.phantom;

import org.mskd.random.SplitMix64;

/**
 * A smooth random field on a grid: a sum of products of three sines, one along each axis, from
 * tables, so that a voxel costs no sine.
 */
final class SmoothField {
  private static final int MODES = 3;

  private final double[][] x = new double[MODES][];
  private final double[][] y = new double[MODES][];
  private final double[][] z = new double[MODES][];

  /**
   * @param extent voxels along each axis
   * @param spacing mm along each axis
   * @param bound what the field's size never exceeds
   * @param shortest shortest wavelength, mm; the longest is twice that
   * @param random source of its random numbers
   */
  SmoothField(int[] extent, double[] spacing, double bound, double shortest, SplitMix64 random) {
    for (int m = 0; m < MODES; m++) {
      x[m] = wave(extent[0], spacing[0], bound / MODES, shortest, random);
      y[m] = wave(extent[1], spacing[1], 1, shortest, random);
      z[m] = wave(extent[2], spacing[2], 1, shortest, random);
    }
  }

  private static double[] wave(int n, double step, double height, double least, SplitMix64 random) {
    double k = 2 * Math.PI / random.uniform(least, 2 * least);
    double phase = random.uniform(0, 2 * Math.PI);
    double[] wave = new double[n];
    for (int i = 0; i < n; i++) {
      wave[i] = height * StrictMath.sin(k * step * i + phase);
    }
    return wave;
  }

  double at(int i, int j, int k) {
    double sum = 0;
    for (int m = 0; m < MODES; m++) {
      sum += x[m][i] * y[m][j] * z[m][k];
    }
    return sum;
  }
}
