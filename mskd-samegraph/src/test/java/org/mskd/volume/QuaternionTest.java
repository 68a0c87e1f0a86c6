package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuaternionTest {
  @Test
  void matrixOfEachLargestComponent() {
    double r = Math.sqrt(0.5);
    isQuaternion(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1);
    isQuaternion(0, 1, 0, 0, 1, 0, 0, 0, -1, 0, 0, 0, -1);
    isQuaternion(0, 0, 1, 0, -1, 0, 0, 0, 1, 0, 0, 0, -1);
    isQuaternion(0, 0, 0, 1, -1, 0, 0, 0, -1, 0, 0, 0, 1);
    isQuaternion(r, 0, 0, -r, 0, 1, 0, -1, 0, 0, 0, 0, 1);
  }

  private static void isQuaternion(double a, double b, double c, double d, double... matrix) {
    Quaternion q = Quaternion.ofRotation(matrix);
    assertArrayEquals(new double[] {a, b, c, d}, new double[] {q.a(), q.b(), q.c(), q.d()}, 1e-15);
  }

  @Test
  void anyRotationThereAndBack() {
    long seed = 4711;
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 500; run++) {
      double[] m = Rotations.random(random);
      Quaternion q = Quaternion.ofRotation(m);
      assertArrayEquals(m, q.rotation(), 1e-12, "seed " + seed + " run " + run);
      assertTrue(q.a() >= 0);
      assertEquals(1, q.a() * q.a() + q.b() * q.b() + q.c() * q.c() + q.d() * q.d(), 1e-12);
      // Storing b, c, d alone loses only what a close to 0 loses: at most the square root of 1e-7.
      assertArrayEquals(m, Quaternion.of(q.b(), q.c(), q.d()).rotation(), 7e-4);
    }
  }

  @Test
  void whatNoRotationHas() {
    assertThrows(IllegalArgumentException.class, () -> Quaternion.of(1, 0.1, 0));
    assertThrows(IllegalArgumentException.class, () -> Quaternion.of(0, Double.NaN, 0));
  }
}
