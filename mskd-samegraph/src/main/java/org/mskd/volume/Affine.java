package org.mskd.volume;

import java.util.Arrays;

/**
 * A 3x4 matrix from voxel indices to millimetres in RAS+ world space (NIfTI-1, methods 2 and 3).
 * Immutable.
 */
public final class Affine {
  /** Axes whose cosine is at most this count as perpendicular. */
  private static final double PERPENDICULAR = 1e-5;

  /** Ten times the rounding of three float32 directions in one plane. */
  private static final double FLAT = 1e-6;

  private final double[] rows;

  private Affine(double[] rows) {
    this.rows = rows;
  }

  /**
   * @param rows twelve numbers, row by row: world x = r0 i + r1 j + r2 k + r3, and so on
   * @throws IllegalArgumentException if a number is not finite or the matrix is singular
   */
  public static Affine of(double... rows) {
    if (rows.length != 12 || !Arrays.stream(rows).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("not twelve finite numbers: " + Arrays.toString(rows));
    }
    // Adding 0 turns -0 into 0, so that equal matrices are equal().
    Affine affine = new Affine(Arrays.stream(rows).map(r -> r + 0.0).toArray());
    if (affine.isSingular()) {
      throw new IllegalArgumentException("singular affine " + Arrays.toString(rows));
    }
    return affine;
  }

  /** Whether {@link #of} accepts the numbers. */
  static boolean isUsable(double... rows) {
    return rows.length == 12
        && Arrays.stream(rows).allMatch(Double::isFinite)
        && !new Affine(rows.clone()).isSingular();
  }

  /** By the volume of a voxel, and by that of its directions: floats round a singular matrix. */
  private boolean isSingular() {
    double volume = Math.abs(determinant());
    return !(volume > 1e-12 && volume > FLAT * columnLength(0) * columnLength(1) * columnLength(2));
  }

  /** Axes along the world's, with the given spacing in mm and the origin at 0. */
  public static Affine scaling(double x, double y, double z) {
    return of(x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0);
  }

  /** The number in {@code row} 0..2, {@code column} 0..3. */
  public double get(int row, int column) {
    return rows[row * 4 + column];
  }

  /** World position in mm of a voxel index. */
  public double[] apply(double i, double j, double k) {
    double[] world = new double[3];
    for (int r = 0; r < 3; r++) {
      world[r] = get(r, 0) * i + get(r, 1) * j + get(r, 2) * k + get(r, 3);
    }
    return world;
  }

  /** Length in mm of one voxel step along axis 0, 1 or 2. */
  public double columnLength(int axis) {
    return Math.sqrt(
        get(0, axis) * get(0, axis) + get(1, axis) * get(1, axis) + get(2, axis) * get(2, axis));
  }

  /** Angle in degrees between two voxel axes. */
  double angle(int axis, int other) {
    double dot = 0;
    for (int row = 0; row < 3; row++) {
      dot += get(row, axis) * get(row, other);
    }
    double cosine = dot / (columnLength(axis) * columnLength(other));
    return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
  }

  /**
   * Whether all axes are at right angles. Headers hold single precision, or direction cosines with
   * six decimals; both leave cosines of about 10^-6, and to ignore 10^-5 changes a distance by 1
   * part in 10^5 at most.
   */
  public boolean hasRightAngles() {
    for (int a = 0; a < 3; a++) {
      int b = (a + 1) % 3;
      double dot = 0;
      for (int row = 0; row < 3; row++) {
        dot += get(row, a) * get(row, b);
      }
      if (!(Math.abs(dot) <= PERPENDICULAR * columnLength(a) * columnLength(b))) {
        return false;
      }
    }
    return true;
  }

  /** Determinant of the 3x3 part, mm³; negative where the axes are left-handed. */
  public double determinant() {
    return get(0, 0) * (get(1, 1) * get(2, 2) - get(1, 2) * get(2, 1))
        - get(0, 1) * (get(1, 0) * get(2, 2) - get(1, 2) * get(2, 0))
        + get(0, 2) * (get(1, 0) * get(2, 1) - get(1, 1) * get(2, 0));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Affine affine && Arrays.equals(rows, affine.rows);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rows);
  }

  @Override
  public String toString() {
    return "Affine" + Arrays.toString(rows);
  }
}
