package org.mskd.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** Both forms against plain loops, forward and gradient: ND4J's own gradient is wrong. */
class UpsamplingTest {
  private static final int BATCH = 2;

  /** Σ w up(x), whose gradient by x is the sum of w over each 2x2 square. */
  private static GraphSession session(boolean fused, float[] x, float[] w, int side, int channels) {
    SameDiff graph = SameDiff.create();
    SDVariable input =
        graph.var("x", Nd4j.create(x, new long[] {BATCH, side, side, channels}, 'c'));
    SDVariable up =
        fused ? Upsampling.fused(graph, input) : Upsampling.composed(graph, input, side, channels);
    SDVariable weights =
        graph.constant("w", Nd4j.create(w, new long[] {BATCH, 2 * side, 2 * side, channels}, 'c'));
    up.rename("y").mul(weights).sum().rename("loss");
    return GraphSession.forTraining(graph, "loss", List.of("y", "loss"));
  }

  @ParameterizedTest
  @CsvSource({"true,4,3", "false,4,3", "true,5,1", "false,5,1", "true,64,48", "false,64,48"})
  void forwardAndGradientAreTheLoops(boolean fused, int side, int channels) {
    SplittableRandom random = new SplittableRandom(side);
    int wide = 2 * side;
    float[] x = random(random, BATCH * side * side * channels);
    float[] w = random(random, 4 * x.length);
    float[] y = new float[w.length];
    double[] slope = new double[x.length];
    for (int b = 0; b < BATCH; b++) {
      for (int r = 0; r < wide; r++) {
        for (int c = 0; c < wide; c++) {
          for (int k = 0; k < channels; k++) {
            int from = ((b * side + r / 2) * side + c / 2) * channels + k;
            int to = ((b * wide + r) * wide + c) * channels + k;
            y[to] = x[from];
            slope[from] += w[to];
          }
        }
      }
    }
    try (GraphSession session = session(fused, x, w, side, channels)) {
      assertArrayEquals(y, HostFloats.copy(session.run(Map.of()).get("y")));
      float[] gradient = HostFloats.copy(session.gradient("x"));
      for (int i = 0; i < slope.length; i++) {
        assertEquals(slope[i], gradient[i], 1e-6, "at " + i);
      }
    }
  }

  @Test
  void aPixelBecomesASquareByHand() {
    float[] x = {1, 2, 3, 4};
    // Two images of 1x1 pixels with two channels.
    try (GraphSession session = session(true, x, new float[16], 1, 2)) {
      assertArrayEquals(
          new float[] {1, 2, 1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4, 3, 4},
          HostFloats.copy(session.run(Map.of()).get("y")));
    }
  }

  private static float[] random(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }
}
