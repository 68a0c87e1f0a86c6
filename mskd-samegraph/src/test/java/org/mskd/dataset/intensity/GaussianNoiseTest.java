package org.mskd.dataset.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.mskd.random.SplitMix64;

class GaussianNoiseTest {
  private static float[] noise(int count, double deviation, long seed) {
    float[] image = new float[count];
    GaussianNoise.add(image, deviation, new SplitMix64(seed));
    return image;
  }

  /** Moments, shares within 1, 2 and 3 standard deviations, and neighbours' independence. */
  @Test
  void isNormalAndIndependent() {
    long seed = 2021;
    int n = 1 << 20;
    float[] noise = noise(n, 0.1, seed);
    double[] powers = new double[5];
    double[] products = new double[4];
    int[] within = new int[4];
    for (int i = 0; i < n; i++) {
      double z = noise[i] / 0.1;
      double power = 1;
      for (int p = 0; p < 5; p++, power *= z) {
        powers[p] += power / n;
      }
      for (int apart = 1; apart < 4 && i + apart < n; apart++) {
        products[apart] += z * noise[i + apart] / 0.1 / n;
      }
      for (int k = 1; k < 4; k++) {
        within[k] += Math.abs(z) < k ? 1 : 0;
      }
    }
    String where = "seed " + seed;
    // Standard errors: 1/1024, sqrt(2)/1024, sqrt(15)/1024, sqrt(96)/1024.
    assertEquals(0, powers[1], 0.005, where);
    assertEquals(1, powers[2], 0.007, where);
    assertEquals(0, powers[3], 0.02, where);
    assertEquals(3, powers[4], 0.05, where);
    for (int apart = 1; apart < 4; apart++) {
      assertEquals(0, products[apart], 0.005, where + ", pixels " + apart + " apart");
    }
    assertEquals(0.682689, within[1] / (double) n, 0.0025, where);
    assertEquals(0.954500, within[2] / (double) n, 0.0012, where);
    assertEquals(0.997300, within[3] / (double) n, 0.0003, where);
  }

  /** The pair of a radius and an angle, by the formula in double precision. */
  @Test
  void isTheFormulaOfBoxAndMuller() {
    long seed = 7;
    for (int count : new int[] {1, 2, 3, 4, 5, 7, 9}) {
      float[] noise = noise(count, 0.02, seed);
      SplitMix64 random = new SplitMix64(seed);
      double[] expected = new double[12];
      for (int at = 0; at < count; at += 4) {
        long bits = random.nextLong();
        for (int pair = 0; pair < 2; pair++) {
          double u = (((bits >>> (32 * pair)) & 0xFFFF) + 0.5) / 65536;
          double angle = 2 * Math.PI * (((bits >>> (32 * pair + 16)) & 0xFFFF) + 0.5) / 65536;
          double radius = 0.02 * Math.sqrt(-2 * Math.log(u));
          expected[at + 2 * pair] = radius * Math.cos(angle);
          expected[at + 2 * pair + 1] = radius * Math.sin(angle);
        }
      }
      for (int i = 0; i < count; i++) {
        assertEquals(expected[i], noise[i], 1e-6, count + " pixels, " + i);
      }
    }
  }

  @Test
  void staysInTheWindow() {
    float[] image = {-1, 1, -1, 1, -1, 1, -1, 1, 0, 0};
    for (int i = 0; i < 50; i++) {
      float[] changed = image.clone();
      GaussianNoise.add(changed, 0.5, new SplitMix64(i));
      for (float value : changed) {
        assertTrue(value >= -1 && value <= 1, "seed " + i + ": " + value);
      }
    }
  }

  @Test
  void withoutDeviationNothingChanges() {
    float[] image = Slices.uniform(9, -1, 1, 3);
    float[] changed = image.clone();
    GaussianNoise.add(changed, 0, new SplitMix64(1));
    assertArrayEquals(image, changed);
    assertArrayEquals(noise(33, 0.1, 5), noise(33, 0.1, 5));
  }
}
