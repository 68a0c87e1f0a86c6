package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Averages and interpolations worked out by hand, and an integral as the independent way. */
class AxisResamplingTest {
  private static float[] apply(AxisResampling axis, float... in) {
    float[] out = new float[axis.outputs()];
    axis.row(in, 0, out, 0);
    return out;
  }

  @Test
  void halvingAveragesPairs() {
    assertArrayEquals(new float[] {2, 6}, apply(AxisResampling.of(4, 2, 2), 1, 3, 5, 7), 1e-6f);
  }

  @Test
  void ratioOneAndAHalfSharesTheMiddleSample() {
    // [0, 1.5] holds all of 3 and half of 6; [1.5, 3] half of 6 and all of 9.
    assertArrayEquals(
        new float[] {(3 + 3) / 1.5f, (3 + 9) / 1.5f},
        apply(AxisResampling.of(3, 2, 1.5), 3, 6, 9),
        1e-6f);
  }

  @Test
  void ratioOneCopies() {
    float[] in = {4, -1, 8};
    assertArrayEquals(in, apply(AxisResampling.of(3, 3, 1), in), 0f);
  }

  @Test
  void doublingInterpolatesAtCentresAndClampsAtTheEdges() {
    // Output centres lie at -0.25, 0.25, 0.75, 1.25 in units of input centres.
    assertArrayEquals(new float[] {0, 1, 3, 4}, apply(AxisResampling.of(2, 4, 0.5), 0, 4), 1e-6f);
  }

  @Test
  void outputsReachingBeyondTheInputAverageWhatTheyCover() {
    // Three outputs of width 2 lie centred on five inputs: they begin at -0.5.
    assertArrayEquals(
        new float[] {(1 + 0.5f * 4) / 1.5f, (0.5f * 4 + 2 + 0.5f * 6) / 2, (0.5f * 6 + 9) / 1.5f},
        apply(AxisResampling.of(5, 3, 2), 1, 4, 2, 6, 9),
        1e-5f);
  }

  @Test
  void acrossRowsIsTheSameAsAlongThem() {
    AxisResampling axis = AxisResampling.of(3, 2, 1.5);
    float[] columns = {3, 30, 6, 60, 9, 90};
    float[] row = new float[2];
    axis.across(1, columns, 0, 2, row);
    assertArrayEquals(new float[] {8, 80}, row, 1e-4f);
  }

  @Test
  void backHitsTheCentresOfTheInputs() {
    // Two outputs made of four inputs: their centres lie at inputs 0.5 and 2.5.
    assertArrayEquals(
        new float[] {10, 15, 25, 30}, apply(AxisResampling.back(4, 2, 2), 10, 30), 1e-5f);
  }

  @Test
  void areaAveragesAreDifferencesOfTheIntegral() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 200; round++) {
      String seed = "seed 11, round " + round;
      int in = 1 + random.nextInt(60);
      int out = 1 + random.nextInt(in);
      double scale = (double) in / out;
      float[] values = new float[in];
      double[] integral = new double[in + 1];
      for (int i = 0; i < in; i++) {
        values[i] = random.nextInt(-1000, 1000);
        integral[i + 1] = integral[i] + values[i];
      }
      float[] actual = apply(AxisResampling.of(in, out, scale), values);
      for (int o = 0; o < out; o++) {
        double expected = (at(integral, (o + 1) * scale) - at(integral, o * scale)) / scale;
        assertEquals(expected, actual[o], 0.05, seed + ", output " + o);
      }
    }
  }

  private static double at(double[] integral, double x) {
    int i = Math.min((int) x, integral.length - 2);
    return integral[i] + (x - i) * (integral[i + 1] - integral[i]);
  }

  @Test
  void weightsAddUpToOneWhateverTheRatio() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 500; round++) {
      int in = 1 + random.nextInt(70);
      int out = 1 + random.nextInt(70);
      double scale = (double) in / out * (1 + 0.3 * (random.nextDouble() - 0.5));
      for (AxisResampling axis :
          new AxisResampling[] {
            AxisResampling.of(in, out, scale), AxisResampling.back(in, out, scale)
          }) {
        for (int o = 0; o < axis.outputs(); o++) {
          float sum = 0;
          for (int n = 0; n < axis.count(o); n++) {
            sum += axis.weight(o, n);
            assertTrue(axis.weight(o, n) >= 0, "seed 5, round " + round);
          }
          assertEquals(1, sum, 1e-5, "seed 5, round " + round + ", output " + o);
          assertTrue(
              axis.first(o) >= 0 && axis.first(o) + axis.count(o) <= axis.inputs(),
              "seed 5, round " + round);
        }
      }
    }
  }
}
