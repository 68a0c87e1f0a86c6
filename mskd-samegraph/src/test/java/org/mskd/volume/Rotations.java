package org.mskd.volume;

import java.util.SplittableRandom;

/** Rotation matrices made from Euler angles, which the library does not use. */
final class Rotations {
  private Rotations() {}

  static double[] random(SplittableRandom random) {
    return euler(
        random.nextDouble(-Math.PI, Math.PI),
        random.nextDouble(-Math.PI, Math.PI),
        random.nextDouble(-Math.PI, Math.PI));
  }

  /** About x, then y, then z; radians; nine numbers row by row. */
  static double[] euler(double x, double y, double z) {
    double[] aboutX = {1, 0, 0, 0, Math.cos(x), -Math.sin(x), 0, Math.sin(x), Math.cos(x)};
    double[] aboutY = {Math.cos(y), 0, Math.sin(y), 0, 1, 0, -Math.sin(y), 0, Math.cos(y)};
    double[] aboutZ = {Math.cos(z), -Math.sin(z), 0, Math.sin(z), Math.cos(z), 0, 0, 0, 1};
    return product(aboutZ, product(aboutY, aboutX));
  }

  private static double[] product(double[] a, double[] b) {
    double[] c = new double[9];
    for (int i = 0; i < 9; i++) {
      for (int k = 0; k < 3; k++) {
        c[i] += a[i / 3 * 3 + k] * b[k * 3 + i % 3];
      }
    }
    return c;
  }
}
