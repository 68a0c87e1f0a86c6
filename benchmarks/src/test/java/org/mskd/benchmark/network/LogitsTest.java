package org.mskd.benchmark.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LogitsTest {
  @Test
  void planesBecomePixels() {
    assertArrayEquals(
        new float[] {1, 4, 2, 5, 3, 6}, Logits.channelsLast(new float[] {1, 2, 3, 4, 5, 6}, 2));
  }

  /** Of -1 and 1 the standard deviation is 1; of -2 and 2 it is 2. */
  @Test
  void theLargestDifferenceCountsInStandardDeviations() {
    float[] expected = {-2, 2, -2, 2};
    assertEquals(0, Logits.difference(expected, expected.clone()));
    assertEquals(0.25, Logits.difference(expected, new float[] {-2, 2.5f, -1.75f, 2}), 1e-7);
  }

  @Test
  void nanOrAnotherSizeIsADifference() {
    float[] expected = {-2, 2};
    assertEquals(Double.NaN, Logits.difference(expected, new float[] {Float.NaN, 2}));
    assertEquals(Double.POSITIVE_INFINITY, Logits.difference(expected, new float[] {2}));
  }

  @Test
  void aTeacherPredictsTheConfiguredFraction() {
    float[] margins = new float[1000];
    for (int i = 0; i < margins.length; i++) {
      margins[i] = (i * 7 % 1000) - 300;
    }
    float excess = Claims.excess(margins);
    for (int i = 0; i < margins.length; i++) {
      margins[i] -= excess;
    }
    assertEquals(Claims.SHARE, Claims.share(margins), 0.002);
  }
}
