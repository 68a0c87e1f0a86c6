package org.mskd.volume;

/**
 * A rotation as the unit quaternion a + bi + cj + dk with a not negative (NIfTI-1, method 2). Files
 * store b, c, d; a follows from them.
 */
record Quaternion(double a, double b, double c, double d) {
  /** How far above 1 the squares of b, c, d may sum through rounding. */
  private static final double ROUNDING = 1e-3;

  /** What 1 - b² - c² - d² can be from rounding alone, as in the format's own nifti1_io.c. */
  private static final double NOTHING = 1e-7;

  /** Whether b, c, d are finite and not longer than 1, but for rounding. */
  static boolean isRotation(double b, double c, double d) {
    return b * b + c * c + d * d <= 1 + ROUNDING;
  }

  /**
   * The rotation stored as b, c, d.
   *
   * @throws IllegalArgumentException if no rotation has them: not finite, or longer than 1
   */
  static Quaternion of(double b, double c, double d) {
    double squares = b * b + c * c + d * d;
    if (!isRotation(b, c, d)) {
      throw new IllegalArgumentException(
          "no rotation has the quaternion " + b + ", " + c + ", " + d);
    }
    double length = Math.sqrt(squares);
    return 1 - squares > NOTHING
        ? new Quaternion(Math.sqrt(1 - squares), b, c, d)
        : new Quaternion(0, b / length, c / length, d / length);
  }

  /**
   * The rotation of a matrix (Shepperd, 1978: divide by the largest of the four, so that nothing
   * cancels).
   *
   * @param m nine numbers row by row, orthonormal, determinant +1
   */
  static Quaternion ofRotation(double[] m) {
    double[] squares = {
      1 + m[0] + m[4] + m[8], 1 + m[0] - m[4] - m[8], 1 - m[0] + m[4] - m[8], 1 - m[0] - m[4] + m[8]
    };
    int largest = 0;
    for (int i = 1; i < 4; i++) {
      if (squares[i] > squares[largest]) {
        largest = i;
      }
    }
    double s = 2 * Math.sqrt(squares[largest]);
    double ab = (m[7] - m[5]) / s;
    double ac = (m[2] - m[6]) / s;
    double ad = (m[3] - m[1]) / s;
    double bc = (m[1] + m[3]) / s;
    double bd = (m[2] + m[6]) / s;
    double cd = (m[5] + m[7]) / s;
    Quaternion q =
        switch (largest) {
          case 0 -> new Quaternion(s / 4, ab, ac, ad);
          case 1 -> new Quaternion(ab, s / 4, bc, bd);
          case 2 -> new Quaternion(ac, bc, s / 4, cd);
          default -> new Quaternion(ad, bd, cd, s / 4);
        };
    return q.a < 0 ? new Quaternion(-q.a, -q.b, -q.c, -q.d) : q;
  }

  /** The rotation as nine numbers, row by row. */
  double[] rotation() {
    return new double[] {
      a * a + b * b - c * c - d * d,
      2 * (b * c - a * d),
      2 * (b * d + a * c),
      2 * (b * c + a * d),
      a * a + c * c - b * b - d * d,
      2 * (c * d - a * b),
      2 * (b * d - a * c),
      2 * (c * d + a * b),
      a * a + d * d - b * b - c * c
    };
  }
}
