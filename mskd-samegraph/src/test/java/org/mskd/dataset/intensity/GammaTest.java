package org.mskd.dataset.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GammaTest {
  private static float[] changed(float[] image, double exponent, boolean inverted) {
    float[] copy = image.clone();
    GammaCorrection.apply(copy, exponent, inverted);
    return copy;
  }

  @Test
  void theCurveIsAPowerOfTheRange() {
    // (0.5 + 1) / 2 = 0.75, squared 0.5625.
    assertEquals(2 * 0.5625 - 1, GammaCurve.ofWindow(2).at(0.5), 1e-12);
    assertEquals(-1, GammaCurve.ofWindow(1.5).at(-1), 0);
    assertEquals(1, GammaCurve.ofWindow(0.7).at(1), 0);
    assertEquals(0.3 + 0.4 * 0.25, new GammaCurve(0.3, 0.4, 2).at(0.5), 1e-12);
    assertEquals(-0.37, GammaCurve.ofWindow(1).at(-0.37), 1e-12);
  }

  /** Power over the slice's range, then its mean and deviation, in double precision. */
  private static double[] reference(float[] image, double exponent, boolean inverted) {
    int n = image.length;
    double sign = inverted ? -1 : 1;
    double[] values = new double[n];
    double least = 2;
    double most = -2;
    for (int i = 0; i < n; i++) {
      values[i] = sign * image[i];
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    double mean = 0;
    for (int i = 0; i < n; i++) {
      values[i] = Math.pow((values[i] - least) / (most - least), exponent) * (most - least) + least;
      mean += values[i] / n;
    }
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += Math.pow(values[i] - mean, 2) / n;
    }
    double wanted = sign * Slices.mean(image);
    for (int i = 0; i < n; i++) {
      double value = (values[i] - mean) * Slices.deviation(image) / Math.sqrt(squares) + wanted;
      values[i] = Math.max(-1, Math.min(1, sign * value));
    }
    return values;
  }

  @Test
  void aSliceFollowsTheReference() {
    for (long seed = 1; seed < 6; seed++) {
      float[] image = Slices.uniform(24, -1 + 0.1 * seed, 0.9, seed);
      image[5] = -1;
      for (double exponent : new double[] {0.7, 0.95, 1, 1.2, 1.5}) {
        for (boolean inverted : new boolean[] {false, true}) {
          double[] expected = reference(image, exponent, inverted);
          float[] found = changed(image, exponent, inverted);
          for (int i = 0; i < image.length; i++) {
            // The interpolated curve is within 0.2 % of the range of less than 2.
            assertEquals(
                expected[i], found[i], 4e-3, "seed " + seed + ", gamma " + exponent + " at " + i);
          }
        }
      }
    }
  }

  /** Away from the steep end the interpolation is exact to five digits. */
  @Test
  void theInterpolationIsClose() {
    float[] image = new float[1000];
    for (int i = 0; i < image.length; i++) {
      image[i] = -1 + 2 * i / 999f;
    }
    double[] expected = reference(image, 1.5, false);
    float[] found = changed(image, 1.5, false);
    for (int i = 0; i < image.length; i++) {
      assertEquals(expected[i], found[i], 2e-5, "at " + i);
    }
  }

  @Test
  void meanAndDeviationStayWhereNothingIsClamped() {
    float[] image = Slices.uniform(32, -0.5, 0.5, 9);
    for (boolean inverted : new boolean[] {false, true}) {
      float[] found = changed(image, 1.5, inverted);
      assertEquals(Slices.mean(image), Slices.mean(found), 1e-6);
      assertEquals(Slices.deviation(image), Slices.deviation(found), 1e-6);
    }
  }

  @Test
  void theOrderOfIntensitiesStays() {
    float[] image = {-1, -0.9f, -0.3f, 0, 0.1f, 0.7f, 1};
    for (boolean inverted : new boolean[] {false, true}) {
      float[] found = changed(image, 0.7, inverted);
      for (int i = 1; i < found.length; i++) {
        assertTrue(found[i] >= found[i - 1] && found[i] <= 1 && found[i] >= -1, "at " + i);
      }
    }
  }

  @Test
  void aSliceOfOneIntensityStays() {
    float[] flat = {0.3f, 0.3f, 0.3f, 0.3f};
    assertArrayEquals(flat, changed(flat, 1.4, false));
    assertArrayEquals(flat, changed(flat, 0.8, true));
  }
}
