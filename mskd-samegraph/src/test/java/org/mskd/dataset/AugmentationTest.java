package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;

class AugmentationTest {
  private static final byte[] NINE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  private static Augmentation.Transform geometry(double degrees, double scale, double x, double y) {
    return new Augmentation.Transform(degrees, scale, x, y, 1, 0);
  }

  private static byte[] label(Augmentation.Transform transform, byte[] in, int size) {
    byte[] out = new byte[in.length];
    transform.label(in, out, size);
    return out;
  }

  private static float[] image(Augmentation.Transform transform, float[] in, int size) {
    float[] out = new float[in.length];
    transform.image(in, out, size);
    return out;
  }

  private static float[] noise(int size, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    float[] image = new float[size * size];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.uniform(-1, 1);
    }
    return image;
  }

  @Test
  void identityIsExact() {
    for (int size : new int[] {1, 16, 37}) {
      float[] in = noise(size, 1);
      assertArrayEquals(in, image(Augmentation.identity(), in, size));
    }
    assertArrayEquals(NINE, label(Augmentation.identity(), NINE, 3));
  }

  /** Geometry, gain and offset are those of the slice, whatever the number of channels. */
  @Test
  void allChannelsChangeAlike() {
    int size = 23;
    Patch patch = new Patch(3, 5, 16);
    Augmentation.Transform transform = new Augmentation(5).sample(3, 1);
    float[][] channels = {noise(size, 1), noise(size, 2), noise(size, 3)};
    float[] all = new float[3 * size * size];
    for (int i = 0; i < all.length; i++) {
      all[i] = channels[i % 3][i / 3];
    }
    float[] out = new float[3 * 16 * 16];
    transform.image(all, size, 3, out, patch);
    for (int c = 0; c < 3; c++) {
      float[] alone = new float[16 * 16];
      transform.image(channels[c], size, alone, patch);
      for (int i = 0; i < alone.length; i++) {
        assertEquals(alone[i], out[3 * i + c], "channel " + c + " at " + i);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> transform.image(all, size, 2, out, patch));
  }

  @Test
  void aQuarterTurnTakesXToY() {
    byte[] turned = {7, 4, 1, 8, 5, 2, 9, 6, 3};
    assertArrayEquals(turned, label(geometry(90, 1, 0, 0), NINE, 3));
    float[] in = new float[9];
    float[] expected = new float[9];
    for (int i = 0; i < 9; i++) {
      in[i] = NINE[i] / 10f;
      expected[i] = turned[i] / 10f;
    }
    assertArrayEquals(expected, image(geometry(90, 1, 0, 0), in, 3), 1e-6f);
    assertArrayEquals(
        new byte[] {9, 8, 7, 6, 5, 4, 3, 2, 1}, label(geometry(180, 1, 0, 0), NINE, 3));
  }

  @Test
  void wholePixelShiftsAreExact() {
    int size = 8;
    float[] in = noise(size, 2);
    float[] out = image(geometry(0, 1, 0.25, -0.125), in, size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        float expected = x >= 2 && y <= 6 ? in[(y + 1) * size + x - 2] : -1;
        assertEquals(expected, out[y * size + x], x + " " + y);
      }
    }
    assertArrayEquals(
        new byte[] {0, 0, 0, 0, 1, 2, 0, 4, 5}, label(geometry(0, 1, 1 / 3.0, 1 / 3.0), NINE, 3));
  }

  @Test
  void halfPixelShiftsAverageNeighboursAndPadding() {
    float[] in = {0.5f, 0.7f, -0.3f, 0.1f};
    float[] out = image(geometry(0, 1, 0.25, 0), in, 2);
    assertArrayEquals(new float[] {-0.25f, 0.6f, -0.65f, -0.1f}, out, 1e-6f);
  }

  @Test
  void scaleMagnifiesAboutTheCentre() {
    int size = 9;
    float[] in = new float[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        in[y * size + x] = 0.2f * (x - 4) + 0.05f * (y - 4);
      }
    }
    float[] twice = image(geometry(0, 2, 0, 0), in, size);
    float[] half = image(geometry(0, 0.5, 0, 0), in, size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        assertEquals(0.1f * (x - 4) + 0.025f * (y - 4), twice[y * size + x], 1e-6f);
        boolean inside = Math.abs(x - 4) <= 2 && Math.abs(y - 4) <= 2;
        float expected = inside ? 0.4f * (x - 4) + 0.1f * (y - 4) : -1;
        assertEquals(expected, half[y * size + x], 1e-6f);
      }
    }
    byte[] expected = {1, 2, 2, 4, 5, 5, 4, 5, 5};
    byte[] magnified = label(geometry(0, 1.6, 0, 0), NINE, 3);
    // One output pixel is 0.625 input pixels: -0.625 rounds to -1, 0.625 to 1: nothing moves.
    assertArrayEquals(NINE, magnified);
    // Moved by +0.3 / 1.6 too, -0.8125, -0.1875 and 0.4375 round to -1, 0 and 0.
    assertArrayEquals(expected, label(geometry(0, 1.6, 0.1, 0.1), NINE, 3));
  }

  @Test
  void intensityIsGainThenOffsetThenClamp() {
    float[] in = {-1, -0.5f, 0.5f, 0.95f};
    float[] out = image(new Augmentation.Transform(0, 1, 0, 0, 1.1, 0.1), in, 2);
    assertArrayEquals(new float[] {-1, -0.45f, 0.65f, 1}, out, 1e-6f);
    float[] darker = image(new Augmentation.Transform(0, 1, 0, 0, 0.9, -0.1), in, 2);
    assertArrayEquals(new float[] {-1, -0.55f, 0.35f, 0.755f}, darker, 1e-6f);
  }

  @Test
  void imageAndLabelStayAligned() {
    int size = 40;
    for (long seed = 0; seed < 20; seed++) {
      byte[] label = new byte[size * size];
      float[] image = new float[size * size];
      SplitMix64 random = new SplitMix64(seed);
      double cx = random.uniform(8, 32);
      double cy = random.uniform(8, 32);
      for (int i = 0; i < label.length; i++) {
        boolean disc = Math.hypot(i % size - cx, Math.floorDiv(i, size) - cy) < 9;
        label[i] = (byte) (disc ? 3 : 0);
        image[i] = disc ? 1 : -1;
      }
      Augmentation.Transform sampled = new Augmentation(seed).sample(7, 2);
      Augmentation.Transform transform =
          geometry(sampled.degrees(), sampled.scale(), sampled.shiftX(), sampled.shiftY());
      byte[] labelOut = label(transform, label, size);
      float[] imageOut = image(transform, image, size);
      int organ = 0;
      for (int i = 0; i < label.length; i++) {
        // The nearest pixel weighs at least a quarter, so an unmixed value is its value.
        if (imageOut[i] > 0.999f) {
          assertEquals(3, labelOut[i], "seed " + seed);
          organ++;
        } else if (imageOut[i] < -0.999f) {
          assertEquals(0, labelOut[i], "seed " + seed);
        } else {
          assertTrue(labelOut[i] == 0 || labelOut[i] == 3, "seed " + seed);
        }
      }
      assertTrue(organ > 20, "seed " + seed);
    }
  }

  @Test
  void transformsDeriveFromSeedIterationAndSlot() {
    Augmentation augmentation = new Augmentation(11);
    Augmentation.Transform later = augmentation.sample(100, 3);
    assertNotEquals(later, augmentation.sample(100, 2));
    assertNotEquals(later, augmentation.sample(101, 3));
    assertNotEquals(later, new Augmentation(12).sample(100, 3));
    assertEquals(later, new Augmentation(11).sample(100, 3));
  }

  @Test
  void transformsFillTheirRanges() {
    long seed = 3;
    Augmentation augmentation = new Augmentation(seed);
    int n = 4000;
    double[] low = {-15, 0.85, -0.05, -0.05, 0.9, -0.1};
    double[] high = {15, 1.15, 0.05, 0.05, 1.1, 0.1};
    double[] sum = new double[6];
    double[] least = {1e9, 1e9, 1e9, 1e9, 1e9, 1e9};
    double[] most = {-1e9, -1e9, -1e9, -1e9, -1e9, -1e9};
    for (int i = 0; i < n; i++) {
      Augmentation.Transform d = augmentation.sample(i, 0);
      double[] sampled = {d.degrees(), d.scale(), d.shiftX(), d.shiftY(), d.gain(), d.offset()};
      for (int p = 0; p < 6; p++) {
        sum[p] += sampled[p];
        least[p] = Math.min(least[p], sampled[p]);
        most[p] = Math.max(most[p], sampled[p]);
      }
    }
    for (int p = 0; p < 6; p++) {
      double range = high[p] - low[p];
      assertTrue(least[p] >= low[p] && least[p] < low[p] + range / 100, p + ", seed " + seed);
      assertTrue(most[p] <= high[p] && most[p] > high[p] - range / 100, p + ", seed " + seed);
      // sd of the mean is 0.0046 of the range
      assertEquals((low[p] + high[p]) / 2, sum[p] / n, 0.025 * range, p + ", seed " + seed);
    }
  }

  /** The ranges as they were before there was a strength, with the same generator. */
  @Test
  void strengthOneIsTheTransformWithoutStrength() {
    long seed = 2021;
    Augmentation one = new Augmentation(seed, 1);
    long own = SubSeeds.of(seed, "augmentation");
    for (int i = 0; i < 200; i++) {
      SplitMix64 random = new SplitMix64(SubSeeds.at(own, i, i % 4));
      Augmentation.Transform expected =
          new Augmentation.Transform(
              random.uniform(-15, 15),
              random.uniform(0.85, 1.15),
              random.uniform(-0.05, 0.05),
              random.uniform(-0.05, 0.05),
              random.uniform(0.9, 1.1),
              random.uniform(-0.1, 0.1));
      assertEquals(expected, one.sample(i, i % 4), "transform " + i);
      assertEquals(expected, new Augmentation(seed).sample(i, i % 4), "transform " + i);
    }
  }

  @Test
  void strengthStretchesTheRanges() {
    long seed = 9;
    for (double strength : new double[] {0.5, 2, 3}) {
      Augmentation plain = new Augmentation(seed);
      Augmentation stretched = new Augmentation(seed, strength);
      for (int i = 0; i < 2_000; i++) {
        Augmentation.Transform one = plain.sample(i, 1);
        Augmentation.Transform some = stretched.sample(i, 1);
        String where = "strength " + strength + ", transform " + i + ", seed " + seed;
        assertEquals(strength * one.degrees(), some.degrees(), 1e-12, where);
        assertEquals(1 + strength * (one.scale() - 1), some.scale(), 1e-12, where);
        assertEquals(strength * one.shiftX(), some.shiftX(), 1e-12, where);
        assertEquals(strength * one.shiftY(), some.shiftY(), 1e-12, where);
        assertEquals(1 + strength * (one.gain() - 1), some.gain(), 1e-12, where);
        assertEquals(strength * one.offset(), some.offset(), 1e-12, where);
        assertTrue(some.scale() >= 0.55 && some.scale() <= 1.45, where);
      }
    }
  }

  @Test
  void theStrongestStaysAnImage() {
    int size = 24;
    float[] in = noise(size, 4);
    Augmentation strongest = new Augmentation(8, 3);
    for (int i = 0; i < 100; i++) {
      for (float value : image(strongest.sample(i, 0), in, size)) {
        assertTrue(value >= -1 && value <= 1, "transform " + i + " gives " + value);
      }
    }
  }

  @Test
  void strengthZeroChangesNothing() {
    Augmentation none = new Augmentation(5, 0);
    for (int i = 0; i < 50; i++) {
      assertEquals(Augmentation.identity(), none.sample(i, 0));
    }
    for (double strength : new double[] {-0.1, 3.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Augmentation(5, strength));
    }
  }

  @Test
  void aPatchIsCutOutOfTheTransformedSlice() {
    int size = 32;
    float[] in = noise(size, 6);
    byte[] labels = new byte[size * size];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (100 * in[i]);
    }
    SplitMix64 random = new SplitMix64(7);
    Augmentation augmentation = new Augmentation(7, 2);
    for (int i = 0; i < 50; i++) {
      Augmentation.Transform transform = augmentation.sample(i, 0);
      float[] whole = image(transform, in, size);
      byte[] wholeLabel = label(transform, labels, size);
      int side = 1 + random.nextInt(size);
      int left = random.nextInt(size - side + 1);
      int top = random.nextInt(size - side + 1);
      float[] out = new float[side * side];
      transform.image(in, size, out, new Patch(left, top, side));
      byte[] outLabel = new byte[side * side];
      transform.label(labels, size, outLabel, new Patch(left, top, side));
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int from = (top + y) * size + left + x;
          assertEquals(whole[from], out[y * side + x], "seed 7, transform " + i);
          assertEquals(wholeLabel[from], outLabel[y * side + x], "seed 7, transform " + i);
        }
      }
    }
    Augmentation.Transform transform = Augmentation.identity();
    assertThrows(
        IllegalArgumentException.class,
        () -> transform.image(in, size, new float[16], new Patch(29, 0, 4)));
    assertThrows(
        IllegalArgumentException.class,
        () -> transform.image(in, size, new float[15], new Patch(0, 0, 4)));
    assertThrows(
        IllegalArgumentException.class,
        () -> transform.label(labels, size, new byte[16], new Patch(0, 29, 4)));
  }

  @Test
  void pixelsMoveWithTheSlice() {
    byte[] turned = {7, 4, 1, 8, 5, 2, 9, 6, 3};
    for (int i = 0; i < 9; i++) {
      assertEquals(NINE[i], turned[geometry(90, 1, 0, 0).moved(i, 3)], "pixel " + i);
      assertEquals(i, Augmentation.identity().moved(i, 3));
    }
    Augmentation.Transform shift = geometry(0, 1, 0.25, -0.125);
    assertEquals(3 * 8 + 7, shift.moved(4 * 8 + 5, 8));
    assertEquals(-1, shift.moved(4 * 8 + 6, 8), "beyond the right border");
    assertEquals(-1, shift.moved(5, 8), "above the first row");
    assertEquals(4 * 9 + 6, geometry(0, 2, 0, 0).moved(4 * 9 + 5, 9));
    assertEquals(-1, geometry(0, 2, 0, 0).moved(4 * 9 + 8, 9));
  }

  @Test
  void movedPixelsLieInTheMovedLabel() {
    int size = 40;
    int outside = 0;
    for (long seed = 0; seed < 200; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      int x = 1 + random.nextInt(size - 2);
      int y = 1 + random.nextInt(size - 2);
      byte[] block = new byte[size * size];
      for (int i = 0; i < 9; i++) {
        block[(y - 1 + i / 3) * size + x - 1 + i % 3] = 1;
      }
      Augmentation.Transform transform = new Augmentation(seed, 3).sample(3, 1);
      int moved = transform.moved(y * size + x, size);
      if (moved < 0) {
        outside++;
      } else {
        assertEquals(1, label(transform, block, size)[moved], "seed " + seed);
      }
    }
    assertTrue(outside > 5 && outside < 120, outside + " of 200 moved outside");
  }

  @Test
  void invalidParametersAreRefused() {
    Augmentation.Transform identity = Augmentation.identity();
    float[] image = new float[9];
    assertThrows(IllegalArgumentException.class, () -> identity.image(image, image, 3));
    assertThrows(IllegalArgumentException.class, () -> identity.image(image, new float[9], 4));
    assertThrows(IllegalArgumentException.class, () -> identity.label(NINE, new byte[8], 3));
    assertThrows(IllegalArgumentException.class, () -> identity.label(NINE, NINE, 3));
    assertThrows(IllegalArgumentException.class, () -> geometry(0, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> geometry(Double.NaN, 1, 0, 0));
  }
}
