package org.mskd.volume;

import java.util.Objects;

/**
 * Where the voxels of a volume lie.
 *
 * @param nx voxels along the first (fastest) axis
 * @param ny voxels along the second axis
 * @param nz voxels along the third axis
 * @param affine from voxel indices to millimetres in RAS+ world space
 */
public record Grid(int nx, int ny, int nz, Affine affine) {
  public Grid {
    Objects.requireNonNull(affine);
    if (nx < 1 || ny < 1 || nz < 1) {
      throw new IllegalArgumentException("empty grid " + nx + "x" + ny + "x" + nz);
    }
    if ((long) nx * ny * nz > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("more than 2^31 voxels: " + nx + "x" + ny + "x" + nz);
    }
  }

  /** Number of voxels. */
  public int size() {
    return nx * ny * nz;
  }

  /** Voxels along axis 0, 1 or 2. */
  public int extent(int axis) {
    return switch (axis) {
      case 0 -> nx;
      case 1 -> ny;
      case 2 -> nz;
      default -> throw new IndexOutOfBoundsException(axis);
    };
  }

  /** Position of voxel (x, y, z) in a volume's array. */
  public int index(int x, int y, int z) {
    return x + nx * (y + ny * z);
  }

  /** Millimetres between neighbours along axis 0, 1 or 2. */
  public double spacing(int axis) {
    return affine.columnLength(axis);
  }

  /**
   * Whether both have the same voxel counts and every pair of corners is at most {@code mm} apart.
   */
  public boolean matches(Grid other, double mm) {
    return nx == other.nx && ny == other.ny && nz == other.nz && cornerDistance(other) <= mm;
  }

  /** The largest distance in mm between a corner voxel and that of a grid of the same size. */
  double cornerDistance(Grid other) {
    double largest = 0;
    for (int corner = 0; corner < 8; corner++) {
      double x = (corner & 1) == 0 ? 0 : nx - 1;
      double y = (corner & 2) == 0 ? 0 : ny - 1;
      double z = (corner & 4) == 0 ? 0 : nz - 1;
      double[] here = affine.apply(x, y, z);
      double[] there = other.affine.apply(x, y, z);
      double distance =
          Math.hypot(Math.hypot(here[0] - there[0], here[1] - there[1]), here[2] - there[2]);
      largest = Math.max(largest, distance);
    }
    return largest;
  }
}
