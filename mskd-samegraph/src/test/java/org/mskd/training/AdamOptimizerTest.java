package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.mskd.experiment.Adam;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Against libtorch's Adam, and steps computed by hand. */
class AdamOptimizerTest {
  private static final float[] START_A = {0.5f, -2f};
  private static final float[] START_B = {1f, 3f, -1.5f};

  /** The loss is Σ t·w over parameters a and b, so that t is the gradient, to the bit. */
  private static GraphSession linear(float[] a, float[] b) {
    SameDiff graph = SameDiff.create();
    SDVariable first = graph.var("a", Nd4j.createFromArray(a.clone()));
    SDVariable second = graph.var("b", Nd4j.createFromArray(b.clone()));
    SDVariable ta = graph.placeHolder("ta", DataType.FLOAT, a.length);
    SDVariable tb = graph.placeHolder("tb", DataType.FLOAT, b.length);
    first.mul(ta).sum().add(second.mul(tb).sum()).rename("loss");
    return GraphSession.forTraining(graph, "loss", List.of());
  }

  private static void run(GraphSession session, float[] ta, float[] tb) {
    INDArray a = Nd4j.createFromArray(ta);
    session.run(Map.of("ta", a, "tb", Nd4j.createFromArray(tb)));
  }

  private static float[] values(GraphSession session) {
    float[] a = HostFloats.copy(session.parameter("a"));
    float[] b = HostFloats.copy(session.parameter("b"));
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** More floats than a task takes: every one of them must move, and once. */
  @Test
  void movesEveryFloatOfALargeParameterOnce() {
    int length = 100_003;
    SameDiff graph = SameDiff.create();
    SDVariable w = graph.var("w", Nd4j.zeros(DataType.FLOAT, length));
    w.sum().rename("loss");
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("loss"))) {
      AdamOptimizer optimizer = new AdamOptimizer(session);
      session.run(Map.of());
      assertEquals(Math.sqrt(length), optimizer.step(0.25));
      float[] values = HostFloats.copy(session.parameter("w"));
      for (int i = 0; i < length; i++) {
        // Adam's first step is the rate itself, against the gradient of 1.
        assertEquals(-0.25f, values[i], 1e-6f, "at " + i);
      }
    }
  }

  @Test
  void followsTheAlgorithm() {
    float[] start = {0.5f, -2f};
    float[] target = {1.5f, 0.25f};
    SameDiff graph = SameDiff.create();
    SDVariable w = graph.var("w", Nd4j.createFromArray(start));
    SDVariable t = graph.placeHolder("t", DataType.FLOAT, 2);
    w.sub(t).mul(w.sub(t)).sum().rename("loss");
    double[] expected = {start[0], start[1]};
    double[] m = new double[2];
    double[] v = new double[2];
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("loss"))) {
      AdamOptimizer optimizer = new AdamOptimizer(session);
      INDArray input = Nd4j.createFromArray(target);
      for (int step = 1; step <= 20; step++) {
        session.run(Map.of("t", input));
        double rate = step < 10 ? 0.1 : 0.02;
        optimizer.step(rate);
        for (int i = 0; i < 2; i++) {
          double g = 2 * (expected[i] - target[i]);
          m[i] = 0.9 * m[i] + 0.1 * g;
          v[i] = 0.999 * v[i] + 0.001 * g * g;
          double mHat = m[i] / (1 - Math.pow(0.9, step));
          double vHat = v[i] / (1 - Math.pow(0.999, step));
          expected[i] -= rate * mHat / (Math.sqrt(vHat) + 1e-8);
        }
        for (int i = 0; i < 2; i++) {
          assertEquals(expected[i], session.parameter("w").getDouble(i), 1e-5, "step " + step);
        }
      }
    }
  }

  /**
   * The weights after 1, 6 and 12 steps of libtorch 2.13's {@code torch::optim::Adam} in double
   * precision, with {@code clip_grad_norm_} before the step where there is clipping. Computed once
   * by a program that set {@code lr} 0.05, {@code amsgrad}, {@code weight_decay}, and the gradients
   * of {@link #gradient}, with the weights starting at (0.5, -2, 1, 3, -1.5).
   */
  static Stream<Arguments> libtorch() {
    return Stream.of(
        Arguments.of(
            new Adam(false, 0, 0),
            new double[][] {
              {0.450000000, -1.950000000, 0.950000000, 3.050000000, -1.550000000},
              {0.244983735, -1.737778557, 0.727687428, 3.247998338, -1.772041375},
              {0.108495319, -1.596125860, 0.583889681, 3.369886680, -1.924193873}
            }),
        Arguments.of(
            new Adam(true, 0, 0),
            new double[][] {
              {0.450000000, -1.950000000, 0.950000000, 3.050000000, -1.550000000},
              {0.245007251, -1.737826047, 0.727739755, 3.247907786, -1.772037302},
              {0.108765067, -1.596484251, 0.584278455, 3.369497912, -1.924039293}
            }),
        Arguments.of(
            new Adam(false, 0.1, 0),
            new double[][] {
              {0.450000000, -1.950000000, 0.950000000, 3.050000000, -1.549999999},
              {0.244246459, -1.735142107, 0.727059907, 3.239243585, -1.767898843},
              {0.105763496, -1.582456910, 0.579359111, 3.327267290, -1.898199905}
            }),
        Arguments.of(
            new Adam(false, 0, 2),
            new double[][] {
              {0.450000001, -1.950000000, 0.950000000, 3.049999999, -1.549999998},
              {0.238960576, -1.732636710, 0.725755982, 3.253757956, -1.776750929},
              {0.072466736, -1.564065004, 0.562127082, 3.409808415, -1.964853508}
            }),
        Arguments.of(
            new Adam(true, 0.1, 2),
            new double[][] {
              {0.450000001, -1.950000000, 0.950000000, 3.049999996, -1.549999992},
              {0.236061162, -1.723429913, 0.723196676, 3.188352451, -1.751675222},
              {0.063127849, -1.518058145, 0.544749514, 3.134489268, -1.836441235}
            }));
  }

  /** Large in the first four steps: amsgrad keeps their second moment. Exact as floats. */
  private static float[] gradient(int step) {
    int[] factors = {3, -5, 7, -2, 1};
    float[] gradient = new float[factors.length];
    for (int i = 0; i < factors.length; i++) {
      gradient[i] = (step < 4 ? 8 : 0.25f) * (factors[i] * (step + 1) % 8 / 8f);
    }
    return gradient;
  }

  @ParameterizedTest
  @MethodSource("libtorch")
  void weightsAreThoseOfLibtorch(Adam settings, double[][] expected) {
    Map<Integer, double[]> bySteps = Map.of(1, expected[0], 6, expected[1], 12, expected[2]);
    try (GraphSession session = linear(START_A, START_B)) {
      AdamOptimizer optimizer = new AdamOptimizer(session, settings);
      for (int step = 0; step < 12; step++) {
        float[] gradient = gradient(step);
        run(session, Arrays.copyOf(gradient, 2), Arrays.copyOfRange(gradient, 2, 5));
        double norm = optimizer.step(0.05);
        if (step == 0) {
          // The square root of 9 + 25 + 49 + 4 + 1.
          assertEquals(Math.sqrt(88), norm, 1e-6);
        }
        float[] values = values(session);
        double[] known = bySteps.getOrDefault(step + 1, new double[0]);
        for (int i = 0; i < known.length; i++) {
          assertEquals(known[i], values[i], 3e-6, settings + ", step " + step + ", weight " + i);
        }
      }
    }
  }

  @Test
  void clippingByHand() {
    try (GraphSession session = linear(new float[] {0, 0}, new float[] {0})) {
      AdamOptimizer optimizer = new AdamOptimizer(session, new Adam(false, 0, 1));
      run(session, new float[] {0, 24}, new float[] {-18});
      assertEquals(30, optimizer.step(1), "before clipping");
      run(session, new float[] {0, 0}, new float[] {0.5f});
      assertEquals(0.5, optimizer.step(1));
      // a[1]: gradients 0.8, 0. m = 0.072, v = 0.00063936 of c1 = 0.19, c2 = 0.001999.
      double a = -1 - 0.072 / 0.19 / Math.sqrt(0.00063936 / 0.001999);
      // b: gradients -0.6, 0.5. m = -0.054 + 0.05, v = 0.00035964 + 0.00025.
      double b = 1 + 0.004 / 0.19 / Math.sqrt(0.00060964 / 0.001999);
      assertArrayEquals(new float[] {0, (float) a, (float) b}, values(session), 1e-5f);
    }
  }

  @Test
  void theNormIsSummedPartByPart() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    int length = 3 * (1 << 15) + 17;
    float[] gradient = new float[length];
    for (int i = 0; i < length; i++) {
      gradient[i] = (float) Math.exp(random.nextDouble(-20, 20));
    }
    double sum = 0;
    for (int part = 0; part < length; part += 1 << 15) {
      double squares = 0;
      for (int i = part; i < Math.min(length, part + (1 << 15)); i++) {
        squares += (double) gradient[i] * gradient[i];
      }
      sum += squares;
    }
    try (GraphSession session = linear(new float[length], new float[] {0})) {
      run(session, gradient, new float[] {1e20f});
      // The last part is b's: its square is beyond what a float holds.
      double expected = Math.sqrt(sum + (double) 1e20f * 1e20f);
      assertEquals(expected, new AdamOptimizer(session).step(0.1), "seed " + seed);
    }
  }

  @Test
  void aNanOrInfiniteGradientMakesNoStep() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      try (GraphSession session = linear(START_A, START_B)) {
        AdamOptimizer optimizer = new AdamOptimizer(session, new Adam(true, 0, 1));
        run(session, new float[] {1, 1}, new float[] {1, bad, 1});
        assertTrue(!Double.isFinite(optimizer.step(0.1)));
        assertArrayEquals(new float[] {0.5f, -2, 1, 3, -1.5f}, values(session));
        run(session, new float[] {1, 1}, new float[] {1, 1, 1});
        optimizer.step(0.1);
        // Adam's first step: nothing of the spoilt one is left in the moments.
        assertArrayEquals(
            new float[] {0.4f, -2.1f, 0.9f, 2.9f, -1.6f}, values(session), 1e-5f, "after " + bad);
      }
    }
  }
}
