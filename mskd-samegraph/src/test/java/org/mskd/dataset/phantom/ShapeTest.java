package org.mskd.dataset.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.mskd.random.SplitMix64;

class ShapeTest {
  private static final double EPS = 1e-9;

  @Test
  void ballsHaveTheirDistance() {
    Shape ball = Solids.ball(1, 2, 3, 10);
    assertEquals(-10, ball.distance(1, 2, 3), EPS);
    assertEquals(-4, ball.distance(7, 2, 3), EPS);
    assertEquals(0, ball.distance(1, 12, 3), EPS);
    assertEquals(40, ball.distance(1 + 30, 2, 3 + 40), EPS);
  }

  @Test
  void ellipsoidsTurnFirstInXzThenInXy() {
    double[] centre = {0, 0, 0};
    double[] radii = {10, 20, 30};
    Shape straight = Solids.ellipsoid(centre, radii, 0, 0);
    assertEquals(0, straight.distance(10, 0, 0), EPS);
    assertEquals(0, straight.distance(0, -20, 0), EPS);
    assertEquals(0, straight.distance(0, 0, 30), EPS);
    assertTrue(straight.distance(0, 0, 29) < 0 && straight.distance(11, 0, 0) > 0);
    Shape yawed = Solids.ellipsoid(centre, radii, 90, 0);
    assertEquals(0, yawed.distance(0, 10, 0), EPS);
    assertEquals(0, yawed.distance(20, 0, 0), EPS);
    Shape rolled = Solids.ellipsoid(centre, radii, 0, 90);
    assertEquals(0, rolled.distance(0, 0, 10), EPS);
    assertEquals(0, rolled.distance(30, 0, 0), EPS);
    double half = Math.sqrt(0.5);
    Shape leaning = Solids.ellipsoid(centre, radii, 0, 45);
    assertEquals(0, leaning.distance(10 * half, 0, 10 * half), 1e-6);
    assertEquals(0, leaning.distance(-30 * half, 0, 30 * half), 1e-6);
  }

  @Test
  void tubesTaper() {
    Shape tube = Solids.tube(new double[][] {{0, 0, 0, 2}, {10, 0, 0, 4}});
    assertEquals(-2, tube.distance(0, 0, 0), EPS);
    assertEquals(-3, tube.distance(5, 0, 0), EPS);
    assertEquals(3 - 2, tube.distance(-3, 0, 0), EPS);
    assertEquals(7 - 3, tube.distance(5, 0, 7), EPS);
    assertThrows(IllegalArgumentException.class, () -> Solids.tube(new double[][] {{0, 0, 0, 1}}));
  }

  @Test
  void combinationsHaveTheirSignAndBounds() {
    Shape ball = Solids.ball(0, 0, 0, 10);
    Shape bite = Solids.ball(10, 0, 0, 4);
    Shape bitten = ball.minus(bite, 1);
    assertEquals(4, bitten.distance(9, 0, 0), EPS, "3 mm inside the other, 4 mm too near");
    assertEquals(0, bitten.distance(5, 0, 0), EPS, "the gap's edge");
    assertEquals(-5, bitten.distance(0, 0, 0), EPS, "5 mm from the gap");
    Shape inner = Solids.ball(0, 0, 0, 20).within(ball, 3);
    assertEquals(0, inner.distance(0, 7, 0), EPS);
    assertEquals(-2, ball.grown(2).distance(10, 0, 0), EPS);
    Shape joined = ball.join(Solids.ball(16, 0, 0, 10), 4);
    // Both distances are -2 in the middle; the blend takes off a quarter of its width.
    assertEquals(-3, joined.distance(8, 0, 0), EPS);
    assertEquals(-10, joined.distance(0, 0, 0), EPS);
  }

  @Test
  void bumpsStayLowAndBoundsHold() {
    for (long seed = 0; seed < 20; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      Shape plain = Solids.ellipsoid(new double[] {1, 2, 3}, new double[] {20, 30, 15}, 25, 40);
      Shape bumpy = plain.bumpy(3, 20, random);
      Shape.Bounds box = bumpy.bounds();
      boolean differs = false;
      for (int i = 0; i < 2000; i++) {
        double x = random.uniform(-45, 45);
        double y = random.uniform(-45, 45);
        double z = random.uniform(-45, 45);
        double change = bumpy.distance(x, y, z) - plain.distance(x, y, z);
        assertTrue(Math.abs(change) <= 3, "seed " + seed);
        differs |= Math.abs(change) > 1;
        boolean boxed =
            x >= box.x0()
                && x <= box.x1()
                && y >= box.y0()
                && y <= box.y1()
                && z >= box.z0()
                && z <= box.z1();
        assertTrue(boxed || bumpy.distance(x, y, z) > 0, "seed " + seed);
      }
      assertTrue(differs, "seed " + seed);
    }
  }

  @Test
  void fieldsStayInTheirBoundAndAreSmooth() {
    for (long seed = 0; seed < 10; seed++) {
      int[] extent = {40, 30, 20};
      double[] spacing = {2, 2, 5};
      SmoothField field = new SmoothField(extent, spacing, 9, 100, new SplitMix64(seed));
      double most = 0;
      for (int k = 0; k < 20; k++) {
        for (int j = 0; j < 30; j++) {
          for (int i = 0; i < 40; i++) {
            most = Math.max(most, Math.abs(field.at(i, j, k)));
            if (i > 0) {
              // Slope of a sine of height 9 and wavelength 100 or more, over 2 mm
              double step = Math.abs(field.at(i, j, k) - field.at(i - 1, j, k));
              assertTrue(step <= 9 * 2 * Math.PI / 100 * 2, "seed " + seed);
            }
          }
        }
      }
      assertTrue(most <= 9 && most > 0.5, most + ", seed " + seed);
    }
  }

  @Test
  void noiseHasItsDeviationAndCorrelation() {
    long seed = 4;
    CtNoise noise = new CtNoise(20, seed);
    int n = 256;
    float[] slice = noise.slice(n, n, 3);
    double sum = 0;
    double squares = 0;
    double neighbours = 0;
    double next = 0;
    for (int j = 0; j < n; j++) {
      for (int i = 0; i + 2 < n; i++) {
        float here = slice[i + n * j];
        sum += here;
        squares += here * here;
        neighbours += here * slice[i + 1 + n * j];
        next += here * slice[i + 2 + n * j];
      }
    }
    double count = n * (n - 2.0);
    assertEquals(0, sum / count, 0.5, "seed " + seed);
    assertEquals(20, Math.sqrt(squares / count), 0.6, "seed " + seed);
    // Autocorrelation of 1 2 1 is 1 4 6 4 1.
    assertEquals(4.0 / 6, neighbours / squares, 0.03, "seed " + seed);
    assertEquals(1.0 / 6, next / squares, 0.04, "seed " + seed);
    float[] other = noise.slice(n, n, 4);
    double between = 0;
    for (int i = 0; i < other.length; i++) {
      between += other[i] * slice[i];
    }
    assertEquals(0, between / squares, 0.05, "slices are independent, seed " + seed);
  }
}
