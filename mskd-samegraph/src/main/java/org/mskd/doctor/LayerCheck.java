package org.mskd.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer as trainings run it, forward and backward, against the same function in plain Java.
 *
 * @param name what it is
 * @param shape of the input, [batch, height, width, channels]
 * @param outputShape of the output
 * @param layer adds it to a graph
 * @param plain the same on doubles in 'c' order
 */
record LayerCheck(
    String name, long[] shape, long[] outputShape, Layer layer, UnaryOperator<double[]> plain)
    implements Check {
  /** Adds a layer to a graph. */
  @FunctionalInterface
  interface Layer {
    SDVariable on(SameDiff graph, SDVariable input);
  }

  @Override
  public Finding run() {
    float[] x = random(shape, 1);
    float[] slopes = random(outputShape, 2);
    SameDiff graph = SameDiff.create();
    SDVariable input = graph.var("x", Nd4j.create(x, shape, 'c'));
    SDVariable output = layer.on(graph, input).rename("y");
    // The loss is a sum with random weights, so that errors do not cancel.
    output.mul(graph.constant("slopes", Nd4j.create(slopes, outputShape, 'c'))).sum().rename("l");
    try (GraphSession session = GraphSession.forTraining(graph, "l", List.of("y"))) {
      float[] y = HostFloats.copy(session.run(Map.of()).get("y"));
      float[] dx = HostFloats.copy(session.gradient("x"));
      double[] at = doubles(x);
      return Differences.finding(
          name,
          Differences.largest(y, plain.apply(at)),
          Differences.largest(
              dx, Differences.gradient(values -> dot(plain.apply(values), slopes), at)));
    }
  }

  /** Uniform values in (-1, 1), a function of the seed. */
  static float[] random(long[] shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static double dot(double[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < b.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
