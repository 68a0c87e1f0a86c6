package org.mskd.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class InstanceNormTest {
  private static final long SEED = 20211;

  /** Inputs of one case; the loss is sum(y weights). */
  @SuppressWarnings("ArrayRecordComponent")
  private record Case(int[] shape, float[] x, float[] scale, float[] shift, float[] weights) {
    static Case of(int[] shape, double mean, double deviation) {
      SplittableRandom random = new SplittableRandom(SEED);
      int count = shape[0] * shape[1] * shape[2] * shape[3];
      return new Case(
          shape,
          normal(random, count, mean, deviation),
          normal(random, shape[3], 1, 0.3),
          normal(random, shape[3], 0, 0.5),
          normal(random, count, 0, 1));
    }

    static float[] normal(SplittableRandom random, int count, double mean, double deviation) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) (mean + deviation * random.nextGaussian());
      }
      return values;
    }
  }

  /** y, dx, dscale, dshift. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Result(float[] y, float[] dx, float[] dscale, float[] dshift) {}

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("1 channel", Case.of(new int[] {2, 16, 16, 1}, 0.3, 1)),
        Arguments.of("3 channels, odd sizes", Case.of(new int[] {3, 7, 13, 3}, -1, 2)),
        Arguments.of("16 channels", Case.of(new int[] {2, 32, 32, 16}, 0.5, 0.7)),
        Arguments.of("more channels than a tile", Case.of(new int[] {1, 5, 3, 300}, 0, 1)),
        Arguments.of("several parts an image", Case.of(new int[] {2, 129, 127, 12}, 0.2, 1)),
        Arguments.of("large mean", Case.of(new int[] {2, 33, 31, 5}, 3000, 1)),
        Arguments.of("one pixel", Case.of(new int[] {2, 1, 1, 4}, 1, 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void fusedIsTheDefinition(String name, Case c) {
    Result expected = reference(c);
    Result fused = run(c, true);
    close(name + " y", expected.y, fused.y, 1e-5);
    close(name + " dx", expected.dx, fused.dx, 1e-5);
    close(name + " dscale", expected.dscale, fused.dscale, 1e-5);
    close(name + " dshift", expected.dshift, fused.dshift, 1e-5);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void composedIsTheDefinitionToo(String name, Case c) {
    Result expected = reference(c);
    Result composed = run(c, false);
    close(name + " y", expected.y, composed.y, 1e-5);
    close(name + " dx", expected.dx, composed.dx, 1e-5);
    close(name + " dscale", expected.dscale, composed.dscale, 1e-5);
    close(name + " dshift", expected.dshift, composed.dshift, 1e-5);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void withoutActivationBothAreTheDefinition(String name, Case c) {
    Result expected = reference(c, 1);
    for (Form form : List.<Form>of(InstanceNorm::fusedLinear, InstanceNorm::composedLinear)) {
      Result found = run(c, new long[] {c.shift.length}, form);
      close(name + " y", expected.y, found.y, 1e-5);
      close(name + " dx", expected.dx, found.dx, 1e-5);
      close(name + " dscale", expected.dscale, found.dscale, 1e-5);
      close(name + " dshift", expected.dshift, found.dshift, 1e-5);
    }
  }

  /** One of the ways to add it to a graph. */
  private interface Form {
    SDVariable add(SameDiff graph, SDVariable x, SDVariable scale, SDVariable shift);
  }

  @Test
  void referenceGradientIsTheFiniteDifference() {
    Case c = Case.of(new int[] {2, 4, 3, 3}, 0.5, 1);
    Result gradient = reference(c);
    double step = 1e-6;
    for (int i = 0; i < c.x.length; i++) {
      double difference =
          (loss(c, i, step, -1, 0, -1, 0) - loss(c, i, -step, -1, 0, -1, 0)) / (2 * step);
      assertEquals(difference, gradient.dx[i], 1e-5, "dx " + i + ", seed " + SEED);
    }
    for (int i = 0; i < c.scale.length; i++) {
      double scale =
          (loss(c, -1, 0, i, step, -1, 0) - loss(c, -1, 0, i, -step, -1, 0)) / (2 * step);
      double shift =
          (loss(c, -1, 0, -1, 0, i, step) - loss(c, -1, 0, -1, 0, i, -step)) / (2 * step);
      assertEquals(scale, gradient.dscale[i], 1e-5, "dscale " + i + ", seed " + SEED);
      assertEquals(shift, gradient.dshift[i], 1e-5, "dshift " + i + ", seed " + SEED);
    }
  }

  @Test
  void largeMeanLeavesTheVarianceAlone() {
    // Values 1e6 and 1e6 + 2 in turn: mean 1e6 + 1, variance 1, so y is -1 and 1 before the slope.
    Case c = Case.of(new int[] {1, 64, 64, 3}, 0, 1);
    for (int i = 0; i < c.x.length; i++) {
      c.x[i] = 1_000_000 + (i / 3 % 2) * 2;
    }
    Arrays.fill(c.scale, 1);
    Arrays.fill(c.shift, 0);
    float[] y = run(c, true).y;
    for (int i = 0; i < y.length; i++) {
      assertEquals(i / 3 % 2 == 0 ? -0.01 : 1, y[i], 1e-5, "y " + i);
    }
  }

  @Test
  void constantImageIsItsShift() {
    Case c = Case.of(new int[] {1, 8, 8, 2}, 0, 1);
    Arrays.fill(c.x, 7.3f);
    c.shift[0] = 0.25f;
    c.shift[1] = -2;
    float[] y = run(c, true).y;
    for (int i = 0; i < y.length; i++) {
      assertEquals(i % 2 == 0 ? 0.25 : -0.02, y[i], 1e-5, "y " + i);
    }
  }

  /** Each image with its own shift must be what it is alone with that shift. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void imagesMayHaveShiftsOfTheirOwn(boolean fused) {
    Case c = Case.of(new int[] {3, 6, 5, 4}, 0.4, 1);
    float[] shifts = Case.normal(new SplittableRandom(SEED + 1), 3 * 4, 0, 1);
    Result together =
        run(new Case(c.shape, c.x, c.scale, shifts, c.weights), new long[] {3, 4}, fused);
    float[] dscale = new float[4];
    for (int image = 0; image < 3; image++) {
      int begin = image * 6 * 5 * 4;
      int end = begin + 6 * 5 * 4;
      Result alone =
          reference(
              new Case(
                  new int[] {1, 6, 5, 4},
                  Arrays.copyOfRange(c.x, begin, end),
                  c.scale,
                  Arrays.copyOfRange(shifts, image * 4, image * 4 + 4),
                  Arrays.copyOfRange(c.weights, begin, end)));
      close("y", alone.y, Arrays.copyOfRange(together.y, begin, end), 1e-5);
      close("dx", alone.dx, Arrays.copyOfRange(together.dx, begin, end), 1e-5);
      close(
          "dshift",
          alone.dshift,
          Arrays.copyOfRange(together.dshift, image * 4, image * 4 + 4),
          1e-5);
      for (int channel = 0; channel < 4; channel++) {
        dscale[channel] += alone.dscale[channel];
      }
    }
    close("dscale", dscale, together.dscale, 1e-5);
  }

  private static Result run(Case c, boolean fused) {
    return run(c, new long[] {c.shift.length}, fused);
  }

  private static Result run(Case c, long[] shiftShape, boolean fused) {
    return run(c, shiftShape, fused ? InstanceNorm::fused : InstanceNorm::composed);
  }

  private static Result run(Case c, long[] shiftShape, Form form) {
    long[] shape = {c.shape[0], c.shape[1], c.shape[2], c.shape[3]};
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.var("x", Nd4j.create(c.x, shape, 'c'));
    SDVariable scale = graph.var("scale", Nd4j.createFromArray(c.scale));
    SDVariable shift = graph.var("shift", Nd4j.create(c.shift, shiftShape, 'c'));
    SDVariable weights = graph.placeHolder("weights", DataType.FLOAT, shape);
    SDVariable y = form.add(graph, x, scale, shift).rename("y");
    y.mul(weights).sum().rename("loss");
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("y"))) {
      Map<String, INDArray> out =
          session.run(Map.of("weights", Nd4j.create(c.weights, shape, 'c')));
      return new Result(
          HostFloats.copy(out.get("y")),
          HostFloats.copy(session.gradient("x")),
          HostFloats.copy(session.gradient("scale")),
          HostFloats.copy(session.gradient("shift")));
    }
  }

  /** Largest difference, relative to the largest expected value or 1. */
  private static void close(String what, float[] expected, float[] actual, double tolerance) {
    double largest = 1;
    for (float v : expected) {
      largest = Math.max(largest, Math.abs(v));
    }
    for (int i = 0; i < expected.length; i++) {
      double off = Math.abs(expected[i] - actual[i]) / largest;
      assertTrue(
          off <= tolerance,
          what + " " + i + ": " + expected[i] + " or " + actual[i] + ", seed " + SEED);
    }
  }

  /** The formulae of the literature in plain doubles. */
  private static Result reference(Case c) {
    return reference(c, 0.01);
  }

  private static Result reference(Case c, double slope) {
    int pixels = c.shape[1] * c.shape[2];
    int channels = c.shape[3];
    float[] y = new float[c.x.length];
    float[] dx = new float[c.x.length];
    double[] dscale = new double[channels];
    double[] dshift = new double[channels];
    for (int image = 0; image < c.shape[0]; image++) {
      for (int channel = 0; channel < channels; channel++) {
        int first = image * pixels * channels + channel;
        double mean = 0;
        double variance = 0;
        for (int p = 0; p < pixels; p++) {
          mean += c.x[first + p * channels] / (double) pixels;
        }
        for (int p = 0; p < pixels; p++) {
          variance += Math.pow(c.x[first + p * channels] - mean, 2) / pixels;
        }
        double inverse = 1 / Math.sqrt(variance + 1e-5);
        double meanG = 0;
        double meanGh = 0;
        for (int p = 0; p < pixels; p++) {
          int i = first + p * channels;
          double h = (c.x[i] - mean) * inverse;
          double v = h * c.scale[channel] + c.shift[channel];
          y[i] = (float) (v > 0 ? v : slope * v);
          double g = c.weights[i] * (v > 0 ? 1 : slope);
          meanG += g / pixels;
          meanGh += g * h / pixels;
        }
        dshift[channel] += meanG * pixels;
        dscale[channel] += meanGh * pixels;
        for (int p = 0; p < pixels; p++) {
          int i = first + p * channels;
          double h = (c.x[i] - mean) * inverse;
          double v = h * c.scale[channel] + c.shift[channel];
          double g = c.weights[i] * (v > 0 ? 1 : slope);
          dx[i] = (float) (c.scale[channel] * inverse * (g - meanG - h * meanGh));
        }
      }
    }
    return new Result(y, dx, floats(dscale), floats(dshift));
  }

  private static double loss(
      Case c, int ix, double byX, int iScale, double byScale, int iShift, double byShift) {
    int pixels = c.shape[1] * c.shape[2];
    int channels = c.shape[3];
    double loss = 0;
    for (int image = 0; image < c.shape[0]; image++) {
      for (int channel = 0; channel < channels; channel++) {
        double[] x = new double[pixels];
        double mean = 0;
        double variance = 0;
        for (int p = 0; p < pixels; p++) {
          int i = (image * pixels + p) * channels + channel;
          x[p] = c.x[i] + (i == ix ? byX : 0);
          mean += x[p] / pixels;
        }
        for (double value : x) {
          variance += (value - mean) * (value - mean) / pixels;
        }
        double scale = c.scale[channel] + (channel == iScale ? byScale : 0);
        double shift = c.shift[channel] + (channel == iShift ? byShift : 0);
        for (int p = 0; p < pixels; p++) {
          double v = (x[p] - mean) / Math.sqrt(variance + 1e-5) * scale + shift;
          loss += c.weights[(image * pixels + p) * channels + channel] * Math.max(v, 0.01 * v);
        }
      }
    }
    return loss;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
