package org.mskd.evaluation;

import java.util.Arrays;

/**
 * The exact Euclidean distance transform of a set of voxels with spacing, one axis after the other:
 * along x by two sweeps, along y and z by the lower envelope of parabolas (Felzenszwalb and
 * Huttenlocher, Distance Transforms of Sampled Functions, 2012). Linear in the number of voxels.
 * Squared distances are kept in single precision: a distance is right to about 1 part in 10^7.
 */
final class DistanceTransform {
  private final double spacing;
  private final int[] apex;
  private final double[] from;
  private final double[] height;

  private DistanceTransform(double spacing, int length) {
    this.spacing = spacing;
    this.apex = new int[length];
    this.from = new double[length + 1];
    this.height = new double[length];
  }

  /**
   * Squared distance in mm² from each voxel of a block to the nearest site.
   *
   * @param box voxel counts
   * @param sites positions in the block, x fastest; at least one
   * @param sx mm between neighbours along x; {@code sy}, {@code sz} likewise
   */
  static float[] squared(VoxelBox box, int[] sites, double sx, double sy, double sz) {
    int nx = box.nx();
    float[] field = new float[box.size()];
    Arrays.fill(field, Float.POSITIVE_INFINITY);
    for (int site : sites) {
      field[site] = 0;
    }
    for (int row = 0; row < field.length; row += nx) {
      sweepRow(field, row, nx, sx);
    }
    int slice = nx * box.ny();
    if (box.ny() > 1) {
      DistanceTransform alongY = new DistanceTransform(sy, box.ny());
      float[] plane = new float[nx * box.ny()];
      for (int z = 0; z < box.nz(); z++) {
        alongY.transformPlane(field, z * slice, nx, nx, box.ny(), plane);
      }
    }
    if (box.nz() > 1) {
      DistanceTransform alongZ = new DistanceTransform(sz, box.nz());
      float[] plane = new float[nx * box.nz()];
      for (int y = 0; y < box.ny(); y++) {
        alongZ.transformPlane(field, y * nx, slice, nx, box.nz(), plane);
      }
    }
    return field;
  }

  private static void sweepRow(float[] field, int start, int nx, double sx) {
    int last = -1;
    for (int x = 0; x < nx; x++) {
      if (field[start + x] == 0) {
        last = x;
      } else if (last >= 0) {
        field[start + x] = square((x - last) * sx);
      }
    }
    last = -1;
    for (int x = nx - 1; x >= 0; x--) {
      if (field[start + x] == 0) {
        last = x;
      } else if (last >= 0) {
        field[start + x] = Math.min(field[start + x], square((last - x) * sx));
      }
    }
  }

  private static float square(double mm) {
    return (float) (mm * mm);
  }

  /**
   * Transforms the {@code nx} columns of {@code length} rows {@code stride} apart. They are turned
   * first, since stepping through memory by whole slices is far slower than copying rows.
   */
  private void transformPlane(
      float[] field, int start, int stride, int nx, int length, float[] plane) {
    for (int row = 0; row < length; row++) {
      for (int x = 0; x < nx; x++) {
        plane[x * length + row] = field[start + row * stride + x];
      }
    }
    for (int x = 0; x < nx; x++) {
      transformLine(plane, x * length, length);
    }
    for (int row = 0; row < length; row++) {
      for (int x = 0; x < nx; x++) {
        field[start + row * stride + x] = plane[x * length + row];
      }
    }
  }

  /** Replaces f(p) by the smallest f(q) + (spacing (p - q))² over all q of the line. */
  private void transformLine(float[] line, int start, int length) {
    double square = spacing * spacing;
    int last = -1;
    for (int q = 0; q < length; q++) {
      double f = line[start + q];
      if (f == Double.POSITIVE_INFINITY) {
        continue;
      }
      double crossing = Double.NEGATIVE_INFINITY;
      while (last >= 0) {
        int v = apex[last];
        crossing =
            ((f + square * q * q) - (height[last] + square * v * v)) / (2 * square * (q - v));
        if (crossing > from[last]) {
          break;
        }
        last--;
      }
      last++;
      apex[last] = q;
      height[last] = f;
      from[last] = last == 0 ? Double.NEGATIVE_INFINITY : crossing;
    }
    if (last < 0) {
      return;
    }
    for (int p = 0, k = 0; p < length; p++) {
      while (k < last && from[k + 1] < p) {
        k++;
      }
      double steps = p - apex[k];
      line[start + p] = (float) (height[k] + square * steps * steps);
    }
  }
}
