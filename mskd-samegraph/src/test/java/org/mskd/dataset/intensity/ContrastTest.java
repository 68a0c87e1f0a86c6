package org.mskd.dataset.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ContrastTest {
  @Test
  void aboutTheWindowsCentreItIsAFactor() {
    float[] image = {-1, -0.5f, 0, 0.5f, 0.9f};
    float[] brighter = image.clone();
    Contrast.aboutWindowCentre(brighter, 1.2);
    assertArrayEquals(new float[] {-1, -0.6f, 0, 0.6f, 1}, brighter, 1e-6f);
    float[] darker = image.clone();
    Contrast.aboutWindowCentre(darker, 0.8);
    assertArrayEquals(new float[] {-0.8f, -0.4f, 0, 0.4f, 0.72f}, darker, 1e-6f);
  }

  /** Mean 0.2, range -0.6 to 0.8. */
  @Test
  void aboutTheMeanTheRangeIsKept() {
    float[] image = {-0.6f, 0.2f, 0.4f, 0.8f};
    float[] more = image.clone();
    Contrast.aboutMean(more, 1.25);
    assertArrayEquals(new float[] {-0.6f, 0.2f, 0.45f, 0.8f}, more, 1e-6f);
    float[] less = image.clone();
    Contrast.aboutMean(less, 0.75);
    assertArrayEquals(new float[] {-0.4f, 0.2f, 0.35f, 0.65f}, less, 1e-6f);
  }

  @Test
  void aFactorOfOneChangesNothing() {
    float[] image = Slices.uniform(8, -1, 1, 2);
    float[] about = image.clone();
    Contrast.aboutWindowCentre(about, 1);
    assertArrayEquals(image, about);
    Contrast.aboutMean(about, 1);
    assertArrayEquals(image, about, 1e-7f);
  }
}
