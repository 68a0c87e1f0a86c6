package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.mskd.random.SplitMix64;

class IntensityChangeTest {
  private static final long SEED = 11;

  /** Changes nothing but by blur or noise. */
  private static IntensityChange only(boolean blurs, double deviation) {
    return new IntensityChange(1, 0, 1, blurs, deviation);
  }

  private static float[] apply(IntensityChange change, int size, float... image) {
    return change.apply(image, size, new SplitMix64(SEED));
  }

  /**
   * With gain 1.2, offset -0.1 and gamma 2: 0.5 becomes 0.5, then 0.75 on the [0, 1] scale, squared
   * 0.5625, back 0.125. -0.8 becomes -1.06, clamped to -1; 1 becomes 1.1, clamped to 1.
   */
  @Test
  void contrastBrightnessAndGammaByHand() {
    IntensityChange change = new IntensityChange(1.2, -0.1, 2, false, 0);
    assertArrayEquals(new float[] {.125f, -1, 1, -.595f}, apply(change, 2, .5f, -.8f, 1, 0), 1e-6f);
  }

  /** On the [0, 1] scale the square root of 0.25 is 0.5, that of 0.81 is 0.9. */
  @Test
  void aGammaBelowOneBrightens() {
    IntensityChange change = new IntensityChange(1, 0, 0.5, false, 0);
    assertArrayEquals(new float[] {0, .8f, -1, 1}, apply(change, 2, -.5f, .62f, -1, 1), 1e-6f);
  }

  @Test
  void blurOfAnImpulse() {
    float[] impulse = new float[25];
    impulse[12] = 1;
    assertArrayEquals(
        new float[] {
          0, 0, 0, 0, 0,
          0, 1 / 16f, 2 / 16f, 1 / 16f, 0,
          0, 2 / 16f, 4 / 16f, 2 / 16f, 0,
          0, 1 / 16f, 2 / 16f, 1 / 16f, 0,
          0, 0, 0, 0, 0
        },
        apply(only(true, 0.1), 5, impulse));
  }

  /** Along each axis the corner counts three times of four for itself, once for the next pixel. */
  @Test
  void theBorderIsRepeated() {
    assertArrayEquals(
        new float[] {9 / 16f, 3 / 16f, 0, 3 / 16f, 1 / 16f, 0, 0, 0, 0},
        apply(only(true, 0), 3, 1, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  /** The channels of a pixel, side by side: each is blurred and gets its contrast as if alone. */
  @Test
  void channelsChangeAlikeAndStayApart() {
    int size = 9;
    IntensityChange change = new IntensityChange(1.3, -0.2, 1.4, true, 0);
    SplitMix64 random = new SplitMix64(SEED);
    float[][] channels = new float[3][size * size];
    float[] all = new float[3 * size * size];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) random.uniform(-1, 1);
      channels[i % 3][i / 3] = all[i];
    }
    float[] found = change.apply(all, size, random);
    for (int c = 0; c < 3; c++) {
      float[] alone = change.apply(channels[c], size, random);
      for (int i = 0; i < alone.length; i++) {
        assertEquals(alone[i], found[3 * i + c], "channel " + c + " at " + i);
      }
    }
  }

  /** Equal channels: the same parameters, but noise of their own, as slices of a scan have. */
  @Test
  void theNoiseOfChannelsIsIndependent() {
    int size = 64;
    float[] found = apply(only(false, 0.05), size, new float[3 * size * size]);
    double product = 0;
    double[] squares = new double[3];
    for (int i = 0; i < size * size; i++) {
      product += found[3 * i] * (double) found[3 * i + 1];
      for (int c = 0; c < 3; c++) {
        squares[c] += found[3 * i + c] * (double) found[3 * i + c];
      }
    }
    for (double square : squares) {
      assertEquals(0.05, Math.sqrt(square) / size, 5 * 0.05 / 90, "seed " + SEED);
    }
    assertEquals(0, product / Math.sqrt(squares[0] * squares[1]), 5.0 / size, "seed " + SEED);
  }

  @Test
  void noiseHasItsDeviation() {
    int size = 128;
    float[] found = apply(only(false, 0.05), size, new float[size * size]);
    double mean = 0;
    double square = 0;
    for (float value : found) {
      mean += value / found.length;
      square += value * (double) value / found.length;
    }
    assertEquals(0, mean, 5 * 0.05 / size, "seed " + SEED);
    // The deviation of 16384 values has one of its own of 0.05 / sqrt(2 * 16384).
    assertEquals(0.05, Math.sqrt(square), 5 * 0.05 / 181, "seed " + SEED);
  }

  @Test
  void noiseStaysInRange() {
    float[] ends = new float[256];
    Arrays.fill(ends, 0, 128, 1);
    Arrays.fill(ends, 128, 256, -1);
    float[] found = apply(only(false, 0.1), 16, ends);
    int inside = 0;
    for (int i = 0; i < ends.length; i++) {
      assertTrue(found[i] >= -1 && found[i] <= 1, "value " + found[i]);
      inside += found[i] == ends[i] ? 0 : 1;
    }
    assertTrue(inside > 90 && inside < 166, inside + " of 256, seed " + SEED);
  }

  @Test
  void parametersCoverTheirRanges() {
    SplitMix64 random = new SplitMix64(SEED);
    IntensityChange[] changes = new IntensityChange[4000];
    Arrays.setAll(changes, i -> IntensityChange.sample(random));
    assertUniform(0.6, 1.4, IntensityChange::gain, changes);
    assertUniform(-0.3, 0.3, IntensityChange::offset, changes);
    assertUniform(-1, 1, change -> Math.log(change.gamma()) / Math.log(1.5), changes);
    assertUniform(0, 0.1, IntensityChange::deviation, changes);
    double blurred = Arrays.stream(changes).filter(IntensityChange::blurs).count();
    assertEquals(2000, blurred, 5 * Math.sqrt(1000), "seed " + SEED);
  }

  private static void assertUniform(
      double low, double high, ToDoubleFunction<IntensityChange> of, IntensityChange[] changes) {
    double[] found = Arrays.stream(changes).mapToDouble(of).toArray();
    double width = high - low;
    String message = "seed " + SEED;
    assertEquals(low, Arrays.stream(found).min().getAsDouble(), 0.01 * width, message);
    assertEquals(high, Arrays.stream(found).max().getAsDouble(), 0.01 * width, message);
    double mean = Arrays.stream(found).average().getAsDouble();
    assertEquals((low + high) / 2, mean, 5 * width / Math.sqrt(12 * 4000), message);
  }
}
