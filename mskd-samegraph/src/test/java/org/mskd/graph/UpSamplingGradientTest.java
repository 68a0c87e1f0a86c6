package org.mskd.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Normalization;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

class UpSamplingGradientTest {
  @Test
  void eachPixelGetsTheSumOfItsFour() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.var("x", Nd4j.create(new float[4], new long[] {1, 2, 2, 1}, 'c'));
    SDVariable y = new Layers(graph, Normalization.NONE, new WeightInit(1)).up(x);
    // The loss's derivative by the 4x4 pixels of y, row by row.
    float[] slopes = {1, 2, 3, 4, 10, 20, 30, 40, 100, 200, 300, 400, 1000, 2000, 3000, 4000};
    y.mul(graph.constant("slopes", Nd4j.create(slopes, new long[] {1, 4, 4, 1}, 'c')))
        .sum()
        .rename("loss");
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("loss"))) {
      session.run(Map.of());
      assertArrayEquals(
          new float[] {1 + 2 + 10 + 20, 3 + 4 + 30 + 40, 3300, 7700},
          HostFloats.copy(session.gradient("x")));
    }
  }
}
