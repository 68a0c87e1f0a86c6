package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.experiment.Adam;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Against Adam written out in double precision. */
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

  /** torch.optim.Adam after clip_grad_norm_, one weight after the other. */
  private static final class Reference {
    private final Adam settings;
    private final double[] w;
    private final double[] m;
    private final double[] v;
    private final double[] most;
    private int steps;

    Reference(Adam settings, double... start) {
      this.settings = settings;
      w = start;
      m = new double[w.length];
      v = new double[w.length];
      most = new double[w.length];
    }

    double step(double rate, double... gradient) {
      steps++;
      double norm = 0;
      for (double g : gradient) {
        norm = Math.hypot(norm, g);
      }
      double coefficient = 1;
      if (settings.gradientClipping() > 0 && settings.gradientClipping() < norm + 1e-6) {
        coefficient = settings.gradientClipping() / (norm + 1e-6);
      }
      double c1 = 1 - Math.pow(0.9, steps);
      double c2 = 1 - Math.pow(0.999, steps);
      for (int i = 0; i < w.length; i++) {
        double g = gradient[i] * coefficient + settings.weightDecay() * w[i];
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        most[i] = Math.max(most[i], v[i]);
        double second = settings.amsgrad() ? most[i] : v[i];
        w[i] -= rate / c1 * m[i] / (Math.sqrt(second) / Math.sqrt(c2) + 1e-8);
      }
      return norm;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, 0, 0",
    "true, 0, 0",
    "false, 0.1, 0",
    "false, 0, 2",
    "true, 0.1, 0",
    "true, 0, 2",
    "false, 0.1, 2",
    "true, 0.1, 2"
  })
  void everySwitchIsAsInPyTorch(boolean amsgrad, double weightDecay, double clipping) {
    long seed = 77;
    SplittableRandom random = new SplittableRandom(seed);
    Adam settings = new Adam(amsgrad, weightDecay, clipping);
    Reference reference = new Reference(settings, 0.5, -2, 1, 3, -1.5);
    Reference plain = new Reference(Adam.PLAIN, 0.5, -2, 1, 3, -1.5);
    try (GraphSession session = linear(START_A, START_B)) {
      AdamOptimizer optimizer = new AdamOptimizer(session, settings);
      for (int step = 0; step < 300; step++) {
        // Loud at first: amsgrad remembers it, the second moment forgets.
        double loudness = step < 20 ? 10 : 0.1;
        float[] t = new float[5];
        double[] gradient = new double[5];
        for (int i = 0; i < 5; i++) {
          t[i] = (float) (loudness * random.nextDouble(-1, 1.5));
          gradient[i] = t[i];
        }
        run(session, Arrays.copyOf(t, 2), Arrays.copyOfRange(t, 2, 5));
        double norm = reference.step(0.05, gradient);
        plain.step(0.05, gradient);
        String where = settings + ", step " + step + ", seed " + seed;
        assertEquals(norm, optimizer.step(0.05), 1e-12 * norm, where);
        float[] values = values(session);
        for (int i = 0; i < 5; i++) {
          assertEquals(reference.w[i], values[i], 1e-4, where);
        }
      }
    }
    double apart = 0;
    for (int i = 0; i < 5; i++) {
      apart = Math.max(apart, Math.abs(reference.w[i] - plain.w[i]));
    }
    assertEquals(!settings.equals(Adam.PLAIN), apart > 0.01, "the switch shows: " + apart);
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
  void aGradientThatIsNoNumberMakesNoStep() {
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
