package org.mskd.dataset.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SmoothingFilterTest {
  private static float[] filtered(SmoothingFilter filter, float[] image, int size) {
    float[] changed = image.clone();
    float[] scratch = new float[image.length + 5];
    Arrays.fill(scratch, Float.NaN);
    filter.apply(changed, size, scratch);
    return changed;
  }

  @Test
  void theBinomialFilterByHand() {
    float[] point = new float[25];
    point[12] = 1;
    float[] expected = new float[25];
    int[] weights = {1, 2, 1};
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 3; x++) {
        expected[(y + 1) * 5 + x + 1] = weights[x] * weights[y] / 16f;
      }
    }
    assertArrayEquals(expected, filtered(SmoothingFilter.binomial(), point, 5));
    // At the corner the pixel outside counts as the corner itself: 3/4 and 1/4 along each axis.
    float[] corner = {1, 0, 0, 0, 0, 0, 0, 0, 0};
    assertArrayEquals(
        new float[] {9 / 16f, 3 / 16f, 0, 3 / 16f, 1 / 16f, 0, 0, 0, 0},
        filtered(SmoothingFilter.binomial(), corner, 3));
  }

  /** The two-dimensional sum over the square of pixels up to 4 sigma away, in double precision. */
  @Test
  void aGaussianIsItsTwoDimensionalSum() {
    for (double sigma : new double[] {0.5, 0.73, 1}) {
      for (int size : new int[] {1, 3, 16}) {
        float[] image = Slices.uniform(size, -1, 1, 11);
        float[] found = filtered(SmoothingFilter.gaussian(sigma), image, size);
        int radius = (int) Math.ceil(4 * sigma);
        for (int i = 0; i < image.length; i++) {
          double sum = 0;
          double weights = 0;
          for (int dy = -radius; dy <= radius; dy++) {
            for (int dx = -radius; dx <= radius; dx++) {
              int x = Math.min(size - 1, Math.max(0, i % size + dx));
              int y = Math.min(size - 1, Math.max(0, i / size + dy));
              double weight = Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
              sum += weight * image[y * size + x];
              weights += weight;
            }
          }
          assertEquals(sum / weights, found[i], 1e-6, "sigma " + sigma + " at " + i + ", seed 11");
        }
      }
    }
  }

  @Test
  void aFlatSliceStaysFlat() {
    float[] flat = new float[64];
    Arrays.fill(flat, -1);
    assertArrayEquals(flat, filtered(SmoothingFilter.gaussian(0.8), flat, 8), 2e-7f);
    assertArrayEquals(flat, filtered(SmoothingFilter.binomial(), flat, 8));
  }
}
