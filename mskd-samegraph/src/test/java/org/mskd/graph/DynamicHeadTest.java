package org.mskd.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class DynamicHeadTest {
  private static final long SEED = 31;

  private static float[] noise(int length, int stream) {
    SplittableRandom random = new SplittableRandom(SEED + stream);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  /** The head in double precision, layer by layer. */
  private static double reference(double[] x, double[] p) {
    double[] h = x;
    for (int layer = 0; layer < 2; layer++) {
      double[] next = new double[8];
      for (int o = 0; o < 8; o++) {
        double sum = p[136 + 8 * layer + o];
        for (int i = 0; i < 8; i++) {
          sum += p[64 * layer + 8 * o + i] * h[i];
        }
        next[o] = Math.max(0, sum);
      }
      h = next;
    }
    double y = p[152];
    for (int i = 0; i < 8; i++) {
      y += p[128 + i] * h[i];
    }
    return y;
  }

  private record Head(int batch, int side, int tasks, float[] x, float[] parameters) {
    float[] outputs() {
      SameDiff graph = SameDiff.create();
      SDVariable features = graph.placeHolder("x", DataType.FLOAT, batch, side, side, 8);
      SDVariable heads = graph.placeHolder("p", DataType.FLOAT, batch, tasks, 153);
      DynamicHead.of(graph, features, heads).rename("y");
      try (GraphSession session = GraphSession.forInference(graph, List.of("y"))) {
        return HostFloats.copy(
            session
                .run(
                    Map.of(
                        "x", Nd4j.createFromArray(x).reshape(batch, side, side, 8),
                        "p", Nd4j.createFromArray(parameters).reshape(batch, tasks, 153)))
                .get("y"));
      }
    }

    double reference(int slice, int pixel, int task, double[] allX, double[] allP) {
      int at = (slice * side * side + pixel) * 8;
      int head = (slice * tasks + task) * 153;
      return DynamicHeadTest.reference(
          Arrays.copyOfRange(allX, at, at + 8), Arrays.copyOfRange(allP, head, head + 153));
    }
  }

  private static double[] doubles(float[] values) {
    double[] all = new double[values.length];
    Arrays.setAll(all, i -> values[i]);
    return all;
  }

  /**
   * x = (1, 2, 0, ...): first layer 1 - 2 + 4 = 3 and 2 - 5 < 0, so (3, 0, ...); second layer 2·3 -
   * 1 = 5 and -3 < 0; last layer 10·5 + 7 = 57.
   */
  @Test
  void aHeadByHand() {
    float[] x = {1, 2, 0, 0, 0, 0, 0, 0};
    float[] p = new float[153];
    p[0] = 1; // W1[0][0]
    p[1] = -1; // W1[0][1]
    p[136] = 4; // b1[0]
    p[8 + 1] = 1; // W1[1][1]
    p[136 + 1] = -5;
    p[64] = 2; // W2[0][0]
    p[144] = -1; // b2[0]
    p[64 + 8] = -1; // W2[1][0]
    p[64 + 1] = 100; // of the hidden channel that ReLU made 0
    p[128] = 10; // w3[0]
    p[128 + 1] = 100;
    p[152] = 7; // b3
    assertArrayEquals(new float[] {57}, new Head(1, 1, 1, x, p).outputs());
  }

  /** 100² pixels in a slice are cut into several parts, of several runs. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 5, 3", "2, 100, 1", "1, 150, 2"})
  void everySliceAndTaskHasItsOwnHead(int batch, int side, int tasks) {
    Head head =
        new Head(
            batch, side, tasks, noise(batch * side * side * 8, 1), noise(batch * tasks * 153, 2));
    float[] found = head.outputs();
    double[] x = doubles(head.x);
    double[] p = doubles(head.parameters);
    for (int i = 0; i < found.length; i++) {
      int pixel = i / tasks;
      double expected =
          head.reference(pixel / (side * side), pixel % (side * side), i % tasks, x, p);
      assertEquals(expected, found[i], 1e-5, "at " + i + ", seed " + SEED);
    }
  }

  @Test
  void anotherHeadOfASliceChangesThatSliceOnly() {
    Head head = new Head(2, 4, 1, noise(2 * 16 * 8, 3), noise(2 * 153, 4));
    float[] before = head.outputs();
    float[] changed = head.parameters.clone();
    changed[152] += 1;
    float[] after = new Head(2, 4, 1, head.x, changed).outputs();
    for (int i = 0; i < 16; i++) {
      assertEquals(before[i] + 1, after[i], 1e-5, "at " + i);
      assertEquals(before[16 + i], after[16 + i], "at " + (16 + i));
    }
    float[] otherX = head.x.clone();
    Arrays.fill(otherX, 16 * 8, 2 * 16 * 8, 0.5f);
    float[] other = new Head(2, 4, 1, otherX, head.parameters).outputs();
    assertArrayEquals(Arrays.copyOf(before, 16), Arrays.copyOf(other, 16));
    assertFalse(Arrays.equals(before, other));
  }

  /** Of loss = Σ weight y, against differences of the reference in double precision. */
  @ParameterizedTest
  @CsvSource({"2, 3, 1", "1, 3, 2", "1, 100, 1"})
  void gradientsAreDifferencesOfTheReference(int batch, int side, int tasks) {
    int pixels = side * side;
    Head head =
        new Head(batch, side, tasks, noise(batch * pixels * 8, 5), noise(batch * tasks * 153, 6));
    float[] weights = noise(batch * pixels * tasks, 7);
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.var("x", Nd4j.createFromArray(head.x).reshape(batch, side, side, 8));
    SDVariable p = graph.var("p", Nd4j.createFromArray(head.parameters).reshape(batch, tasks, 153));
    SDVariable factor = graph.placeHolder("w", DataType.FLOAT, batch, side, side, tasks);
    DynamicHead.of(graph, x, p).mul(factor).sum().rename("loss");
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("loss"))) {
      session.run(Map.of("w", Nd4j.createFromArray(weights).reshape(batch, side, side, tasks)));
      float[] dp = HostFloats.copy(session.gradient("p"));
      float[] dx = HostFloats.copy(session.gradient("x"));
      for (int i = 0; i < dp.length; i += pixels > 100 ? 10 : 1) {
        int at = i;
        double expected =
            difference(
                step -> loss(head, weights, doubles(head.x), moved(head.parameters, at, step)));
        assertEquals(expected, dp[i], 1e-4 * Math.max(1, Math.abs(expected)), "p " + i);
      }
      for (int i = 0; i < dx.length; i += pixels > 100 ? 7919 : 1) {
        int at = i;
        double expected =
            difference(
                step -> loss(head, weights, moved(head.x, at, step), doubles(head.parameters)));
        assertEquals(expected, dx[i], 1e-4 * Math.max(1, Math.abs(expected)), "x " + i);
      }
    }
  }

  private static double[] moved(float[] values, int at, double step) {
    double[] moved = doubles(values);
    moved[at] += step;
    return moved;
  }

  private static double difference(DoubleUnaryOperator loss) {
    double step = 1e-6;
    return (loss.applyAsDouble(step) - loss.applyAsDouble(-step)) / (2 * step);
  }

  private static double loss(Head head, float[] weights, double[] x, double[] p) {
    double sum = 0;
    int pixels = head.side * head.side;
    for (int i = 0; i < weights.length; i++) {
      int pixel = i / head.tasks;
      sum += weights[i] * head.reference(pixel / pixels, pixel % pixels, i % head.tasks, x, p);
    }
    return sum;
  }
}
