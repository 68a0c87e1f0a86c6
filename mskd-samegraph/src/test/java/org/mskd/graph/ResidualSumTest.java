package org.mskd.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ResidualSumTest {
  private static SDVariable sum(SameDiff graph, SDVariable a, SDVariable b, boolean fused) {
    return fused ? ResidualSum.fused(graph, a, b) : ResidualSum.composed(graph, a, b);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void valueAndGradientsByHand(boolean fused) {
    SameDiff graph = SameDiff.create();
    SDVariable a = graph.var("a", Nd4j.createFromArray(1f, -2, 0.5f, -0.25f).reshape(1, 2, 1, 2));
    SDVariable b = graph.var("b", Nd4j.createFromArray(2f, 1, -1.5f, 0.5f).reshape(1, 2, 1, 2));
    SDVariable factor = graph.placeHolder("factor", DataType.FLOAT, 1, 2, 1, 2);
    sum(graph, a, b, fused).rename("y").mul(factor).sum().rename("loss");
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("y"))) {
      INDArray factors = Nd4j.createFromArray(1f, 10, 100, 1000).reshape(1, 2, 1, 2);
      Map<String, INDArray> out = session.run(Map.of("factor", factors));
      assertArrayEquals(
          new float[] {3, -0.01f, -0.01f, 0.25f}, HostFloats.copy(out.get("y")), 1e-7f);
      for (String name : List.of("a", "b")) {
        assertArrayEquals(
            new float[] {1, 0.1f, 1, 1000}, HostFloats.copy(session.gradient(name)), 1e-6f, name);
      }
    }
  }

  /** The skipped values are also the input of what they are added to: gradients of both add up. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTermMayHaveOtherUses(boolean fused) {
    long seed = 11;
    int count = 2 * 67 * 65 * 12; // several tasks, and blocks that are not full
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    float[] factors = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
      factors[i] = (float) random.nextGaussian();
    }
    long[] shape = {2, 67, 65, 12};
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.var("x", Nd4j.create(values, shape, 'c'));
    SDVariable factor = graph.placeHolder("factor", DataType.FLOAT, shape);
    sum(graph, graph.math().square(x), x, fused).rename("y").mul(factor).sum().rename("loss");
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("y"))) {
      Map<String, INDArray> out = session.run(Map.of("factor", Nd4j.create(factors, shape, 'c')));
      float[] y = HostFloats.copy(out.get("y"));
      float[] gradient = HostFloats.copy(session.gradient("x"));
      for (int i = 0; i < count; i++) {
        double v = (double) values[i] * values[i] + values[i];
        double slope = (2.0 * values[i] + 1) * factors[i] * (v > 0 ? 1 : 0.01);
        assertEquals(v > 0 ? v : 0.01 * v, y[i], 1e-5, "y " + i + ", seed " + seed);
        assertEquals(slope, gradient[i], 1e-4, "gradient " + i + ", seed " + seed);
      }
    }
  }
}
