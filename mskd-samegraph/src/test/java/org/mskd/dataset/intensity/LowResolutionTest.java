package org.mskd.dataset.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LowResolutionTest {
  private static float[] changed(float[] image, int size, double factor) {
    float[] copy = image.clone();
    LowResolution.apply(copy, size, factor, new float[image.length]);
    return copy;
  }

  @Test
  void halfTheResolutionByHand() {
    // Rows are equal. The coarse pixels are the second and the fourth. On their grid the pixels lie
    // at -0.25, 0.25, 0.75 and 1.25; the first and the last are clamped to 0 and 1.
    float[] image = new float[16];
    float[] row = {0.1f, 0.2f, 0.5f, 0.8f};
    float[] expected = new float[16];
    float[] smooth = {0.2f, 0.35f, 0.65f, 0.8f};
    for (int i = 0; i < 16; i++) {
      image[i] = row[i % 4];
      expected[i] = smooth[i % 4];
    }
    assertArrayEquals(expected, changed(image, 4, 0.5), 1e-6f);
  }

  /** Sampled and interpolated point by point in double precision. */
  @Test
  void anyResolutionFollowsTheReference() {
    for (int size : new int[] {1, 5, 16, 33}) {
      for (double factor : new double[] {0.5, 0.61, 0.8, 0.99}) {
        float[] image = Slices.uniform(size, -1, 1, 4);
        float[] found = changed(image, size, factor);
        int coarse = (int) Math.max(1, Math.round(size * factor));
        for (int i = 0; i < image.length; i++) {
          double x = Math.max(0, (i % size + 0.5) * coarse / size - 0.5);
          double y = Math.max(0, (Math.floorDiv(i, size) + 0.5) * coarse / size - 0.5);
          double sum = 0;
          for (int v = 0; v < coarse; v++) {
            for (int u = 0; u < coarse; u++) {
              double wide = Math.max(0, 1 - Math.abs(Math.min(x, coarse - 1) - u));
              double high = Math.max(0, 1 - Math.abs(Math.min(y, coarse - 1) - v));
              int fromX = (int) Math.floor((u + 0.5) / coarse * size + 1e-9);
              int fromY = (int) Math.floor((v + 0.5) / coarse * size + 1e-9);
              sum += wide * high * image[fromY * size + fromX];
            }
          }
          assertEquals(sum, found[i], 1e-5, size + " pixels, " + factor + " at " + i + ", seed 4");
        }
      }
    }
  }

  @Test
  void theFullResolutionIsTheSlice() {
    float[] image = Slices.uniform(17, -1, 1, 6);
    assertArrayEquals(image, changed(image, 17, 1));
    assertArrayEquals(image, changed(image, 17, 0.999));
  }

  @Test
  void onePixelRemains() {
    float[] image = {0.1f, 0.2f, 0.3f, 0.4f};
    assertArrayEquals(new float[] {0.4f, 0.4f, 0.4f, 0.4f}, changed(image, 2, 0.1));
  }
}
