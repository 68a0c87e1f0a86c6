package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;

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

  /** The formula of the change and the (1 2 1)/4 filter, written out: results stay as they were. */
  @Test
  void isTheFormulaToTheBit() {
    float[] image = new float[SIZE * SIZE];
    SplitMix64 pixels = new SplitMix64(5);
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) pixels.uniform(-1, 1);
    }
    for (int iteration = 0; iteration < 40; iteration++) {
      long own = SubSeeds.of(7, "strong augmentation");
      SplitMix64 random = new SplitMix64(SubSeeds.at(own, iteration, 2));
      float[] expected = new float[image.length];
      double gain = random.uniform(0.6, 1.4);
      double offset = random.uniform(-0.3, 0.3);
      double gamma = StrictMath.pow(1.5, random.uniform(-1, 1));
      boolean blurs = random.nextDouble() < 0.5;
      double deviation = random.uniform(0, 0.1);
      for (int i = 0; i < image.length; i++) {
        double bright = (Math.max(-1, Math.min(1, gain * image[i] + offset)) + 1) / 2;
        expected[i] = (float) (2 * StrictMath.pow(bright, gamma) - 1);
      }
      if (blurs) {
        expected = binomial(binomial(expected, 1, SIZE), SIZE, 1);
      } else {
        for (int i = 0; i < image.length; i++) {
          double noisy = expected[i] + deviation * random.nextGaussian();
          expected[i] = (float) Math.max(-1, Math.min(1, noisy));
        }
      }
      float[] found = new StrongAugmentation(7).apply(iteration, 2, image, SIZE);
      assertArrayEquals(expected, found, "iteration " + iteration + ", seeds 5 and 7");
    }
  }

  /** (1 2 1)/4 along the axis whose pixels are {@code step} apart. */
  private static float[] binomial(float[] image, int step, int other) {
    float[] out = new float[image.length];
    for (int line = 0; line < SIZE; line++) {
      for (int i = 0; i < SIZE; i++) {
        float before = image[line * other + Math.max(0, i - 1) * step];
        float after = image[line * other + Math.min(SIZE - 1, i + 1) * step];
        out[line * other + i * step] = (before + 2 * image[line * other + i * step] + after) / 4;
      }
    }
    return out;
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
