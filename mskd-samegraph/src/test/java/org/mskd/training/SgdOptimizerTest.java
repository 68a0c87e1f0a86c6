package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mskd.experiment.Sgd;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Against steps by hand, and against the formula in double precision. */
class SgdOptimizerTest {
  /** The loss is Σ t·w, so that t is the gradient, to the bit. */
  private static GraphSession linear(float... start) {
    SameDiff graph = SameDiff.create();
    SDVariable w = graph.var("w", Nd4j.createFromArray(start.clone()));
    SDVariable t = graph.placeHolder("t", DataType.FLOAT, start.length);
    w.mul(t).sum().rename("loss");
    return GraphSession.forTraining(graph, "loss", List.of());
  }

  private static void run(GraphSession session, float... gradient) {
    session.run(Map.of("t", Nd4j.createFromArray(gradient.clone())));
  }

  private static float[] values(GraphSession session) {
    return HostFloats.copy(session.parameter("w"));
  }

  @Test
  void stepsByHand() {
    try (GraphSession session = linear(1, -2)) {
      SgdOptimizer optimizer = new SgdOptimizer(session, new Sgd(0.5, 0, 0));
      run(session, 1, 0);
      assertEquals(1, optimizer.step(0.125));
      // b = 1: a step of 1 + 0.5.
      assertArrayEquals(new float[] {1 - 0.125f * 1.5f, -2}, values(session));
      run(session, 1, 4);
      optimizer.step(0.25);
      // b = 0.5 + 1: 1 + 0.75; b = 4: 4 + 2.
      assertArrayEquals(new float[] {0.8125f - 0.25f * 1.75f, -2 - 0.25f * 6}, values(session));
      run(session, 0, 0);
      optimizer.step(1);
      // The momentum alone: 0.5 · 0.75, 0.5 · 2.
      assertArrayEquals(new float[] {0.375f - 0.375f, -3.5f - 1}, values(session));
    }
  }

  @Test
  void clippingAndDecayByHand() {
    try (GraphSession session = linear(4, 0)) {
      SgdOptimizer optimizer = new SgdOptimizer(session, new Sgd(0, 0.5, 1));
      run(session, 0, 8);
      assertEquals(8, optimizer.step(0.5), "before clipping and decay");
      // Gradients clipped to 0 and 1, then 0.5 · 4 added to the first one.
      assertArrayEquals(new float[] {4 - 0.5f * 2, -0.5f}, values(session), 1e-6f);
    }
  }

  static Stream<Sgd> settings() {
    return Stream.of(
        new Sgd(Sgd.NNUNET_MOMENTUM, 0, 0),
        new Sgd(0.9, 3e-5, 0),
        new Sgd(0.9, 0, 2),
        new Sgd(0.99, 0.01, 12));
  }

  /** More floats than a task takes, so that every one of them moves, and once. */
  @ParameterizedTest
  @MethodSource("settings")
  void followsTheFormula(Sgd settings) {
    long seed = 8;
    SplittableRandom random = new SplittableRandom(seed);
    int length = (1 << 15) + 4097;
    float[] start = new float[length];
    double[] w = new double[length];
    for (int i = 0; i < length; i++) {
      start[i] = (float) random.nextDouble(-1, 1);
      w[i] = start[i];
    }
    double[] b = new double[length];
    try (GraphSession session = linear(start)) {
      SgdOptimizer optimizer = new SgdOptimizer(session, settings);
      for (int step = 0; step < 12; step++) {
        double rate = 0.1 / (1 + step);
        float[] gradient = new float[length];
        double squares = 0;
        for (int i = 0; i < length; i++) {
          gradient[i] = (float) random.nextDouble(-0.2, 0.2);
          squares += (double) gradient[i] * gradient[i];
        }
        double norm = Math.sqrt(squares);
        double most = settings.gradientClipping();
        double clipping = most == 0 ? 1 : Math.min(1, most / norm);
        run(session, gradient);
        assertEquals(norm, optimizer.step(rate), 1e-9);
        for (int i = 0; i < length; i++) {
          double g = clipping * gradient[i] + settings.weightDecay() * w[i];
          b[i] = settings.momentum() * b[i] + g;
          w[i] -= rate * (g + settings.momentum() * b[i]);
        }
      }
      float[] values = values(session);
      for (int i = 0; i < length; i++) {
        assertEquals(w[i], values[i], 2e-6, settings + ", seed " + seed + ", weight " + i);
      }
    }
  }

  @Test
  void aNanOrInfiniteGradientMakesNoStep() {
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      try (GraphSession session = linear(1, 2)) {
        SgdOptimizer optimizer = new SgdOptimizer(session, new Sgd(0.5, 0, 1));
        run(session, 1, bad);
        assertFalse(Double.isFinite(optimizer.step(0.5)));
        assertArrayEquals(new float[] {1, 2}, values(session));
        assertEquals(0, optimizer.steps());
        run(session, 0, 0);
        optimizer.step(0.5);
        assertArrayEquals(new float[] {1, 2}, values(session), "something is left in the momentum");
      }
    }
  }

  @Test
  void resumesFromItsState() {
    try (GraphSession session = linear(1, -2);
        GraphSession resumed = linear(0, 0)) {
      SgdOptimizer optimizer = new SgdOptimizer(session, new Sgd(0.9, 0, 0));
      run(session, 0.3f, 0.7f);
      optimizer.step(0.1);
      SgdOptimizer other = new SgdOptimizer(resumed, new Sgd(0.9, 0, 0));
      HostFloats.fill(resumed.parameter("w"), values(session));
      Map<String, Tensor> state =
          optimizer.state().stream().collect(Collectors.toMap(Tensor::name, tensor -> tensor));
      assertEquals(Set.of("momentum/w"), state.keySet());
      other.restore(state, optimizer.steps());
      run(session, 0.1f, -0.2f);
      run(resumed, 0.1f, -0.2f);
      optimizer.step(0.1);
      other.step(0.1);
      assertArrayEquals(values(session), values(resumed));
      assertEquals(2, other.steps());
    }
  }
}
