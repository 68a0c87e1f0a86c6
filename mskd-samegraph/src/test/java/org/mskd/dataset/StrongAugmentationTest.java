package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StrongAugmentationTest {
  private static final int SIZE = 32;

  /** A bright square on a dark ground. */
  private static float[] square() {
    float[] image = new float[SIZE * SIZE];
    for (int i = 0; i < image.length; i++) {
      boolean inside = i % SIZE > 9 && i % SIZE < 20 && i / SIZE > 9 && i / SIZE < 20;
      image[i] = inside ? .5f : -.5f;
    }
    return image;
  }

  @Test
  void dependsOnSeedIterationAndSlotAlone() {
    StrongAugmentation one = new StrongAugmentation(7);
    one.apply(0, 0, square(), SIZE);
    float[] found = one.apply(3, 1, square(), SIZE);
    assertArrayEquals(new StrongAugmentation(7).apply(3, 1, square(), SIZE), found);
    assertFalse(Arrays.equals(found, one.apply(3, 2, square(), SIZE)));
    assertFalse(Arrays.equals(found, one.apply(4, 1, square(), SIZE)));
    assertFalse(Arrays.equals(found, new StrongAugmentation(8).apply(3, 1, square(), SIZE)));
  }

  /** In a slice of one value, blur changes nothing and noise nearly every pixel. */
  @Test
  void blursOrAddsNoise() {
    float[] flat = new float[SIZE * SIZE];
    int noisy = 0;
    float darkest = 1;
    float brightest = -1;
    for (int iteration = 0; iteration < 200; iteration++) {
      float[] found = new StrongAugmentation(7).apply(iteration, 0, flat, SIZE);
      boolean same = true;
      for (float value : found) {
        same &= value == found[0];
      }
      noisy += same ? 0 : 1;
      darkest = same ? Math.min(darkest, found[0]) : darkest;
      brightest = same ? Math.max(brightest, found[0]) : brightest;
    }
    assertTrue(noisy > 65 && noisy < 135, noisy + " of 200");
    // The offset alone gives -0.3 to 0.3; with gamma 2 0.35^1.5 - 1 to 2 0.65^(1/1.5) - 1.
    assertTrue(darkest < -.35 && darkest >= -.59, "darkest " + darkest);
    assertTrue(brightest > .35 && brightest <= .51, "brightest " + brightest);
  }

  @Test
  void movesNothingAndStaysInRange() {
    float[] image = square();
    for (int iteration = 0; iteration < 200; iteration++) {
      float[] found = new StrongAugmentation(7).apply(iteration, 0, image, SIZE);
      double inside = 0;
      double outside = 0;
      for (int i = 0; i < found.length; i++) {
        assertTrue(found[i] >= -1 && found[i] <= 1, "value " + found[i]);
        inside += image[i] > 0 ? found[i] / 100 : 0;
        outside += image[i] < 0 ? found[i] / (SIZE * SIZE - 100) : 0;
      }
      assertTrue(inside > outside + .2, inside + " and " + outside + " in " + iteration);
    }
    assertArrayEquals(square(), image);
  }
}
