package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mskd.graph.GraphSession;
import org.mskd.graph.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Against Adam written out in double precision for two parameters. */
class AdamOptimizerTest {
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
      optimizer.step(0.25);
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
}
