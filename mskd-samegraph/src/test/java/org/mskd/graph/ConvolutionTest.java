package org.mskd.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.architecture.ConvolutionLayer;
import org.mskd.experiment.Normalization;
import org.mskd.graph.kernel.ConvolutionEngine;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.Engine;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.problem.BadInputException;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ConvolutionTest {
  private static final long SEED = 77;

  @AfterEach
  void clear() {
    System.clearProperty("mskd.convolution");
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Result(float[] y, float[] dx, float[] dweights, float[] dbias) {}

  @ParameterizedTest
  @CsvSource({
    "1,3,2,8,8,3",
    "3,8,2,7,13,3",
    "7,16,2,16,16,3",
    "16,16,1,32,32,3",
    "5,3,3,6,5,1",
    "1,1,1,4,4,3"
  })
  void enginesAgreeWithEachOtherAndTheDefinition(
      int in, int out, int batch, int height, int width, int kernel) {
    int[] sizes = {in, out, batch, height, width, kernel};
    Result expected = reference(sizes);
    close("nd4j", expected, run("nd4j", sizes));
    close("onednn", expected, run("onednn", sizes));
  }

  @Test
  void propertyChoosesTheEngine() {
    System.setProperty("mskd.convolution", "nd4j");
    assertNull(Engine.convolution(false));
    System.setProperty("mskd.convolution", "onednn");
    try (ConvolutionEngine engine = Engine.convolution(false)) {
      assertNotNull(engine);
    }
    System.setProperty("mskd.convolution", "fastest");
    var e = assertThrows(BadInputException.class, () -> Engine.convolution(false));
    assertTrue(e.problem().contains("fastest"), e.problem());
  }

  @Test
  void descriptionNamesTheEngine() {
    System.setProperty("mskd.convolution", "nd4j");
    assertTrue(Engine.description().contains("ND4J convolution"), Engine.description());
    System.setProperty("mskd.convolution", "onednn");
    assertTrue(Engine.description().contains("oneDNN 3.11"), Engine.description());
  }

  private static float[][] inputs(int[] sizes) {
    SplittableRandom random = new SplittableRandom(SEED);
    int pixels = sizes[2] * sizes[3] * sizes[4];
    int[] counts = {
      pixels * sizes[0], sizes[5] * sizes[5] * sizes[0] * sizes[1], sizes[1], pixels * sizes[1]
    };
    float[][] values = new float[counts.length][];
    for (int i = 0; i < counts.length; i++) {
      values[i] = new float[counts[i]];
      for (int j = 0; j < counts[i]; j++) {
        values[i][j] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  private static Result run(String engine, int[] sizes) {
    System.setProperty("mskd.convolution", engine);
    float[][] inputs = inputs(sizes);
    long[] shape = {sizes[2], sizes[3], sizes[4], sizes[0]};
    long[] outShape = {sizes[2], sizes[3], sizes[4], sizes[1]};
    long[] weightShape = {sizes[5], sizes[5], sizes[0], sizes[1]};
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.var("x", Nd4j.create(inputs[0], shape, 'c'));
    SDVariable dy = graph.placeHolder("dy", DataType.FLOAT, outShape);
    Layers layers = new Layers(graph, Normalization.NONE, new WeightInit(1));
    SDVariable y =
        layers.convolution(new ConvolutionLayer("c", sizes[5], sizes[0], sizes[1]), x).rename("y");
    y.mul(dy).sum().rename("loss");
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("y"))) {
      assertEquals(List.of("c.bias", "c.weight", "x"), session.parameters());
      assertArrayEquals(weightShape, session.parameter("c.weight").shape());
      HostFloats.fill(session.parameter("c.weight"), inputs[1]);
      HostFloats.fill(session.parameter("c.bias"), inputs[2]);
      Map<String, INDArray> out = session.run(Map.of("dy", Nd4j.create(inputs[3], outShape, 'c')));
      return new Result(
          HostFloats.copy(out.get("y")),
          HostFloats.copy(session.gradient("x")),
          HostFloats.copy(session.gradient("c.weight")),
          HostFloats.copy(session.gradient("c.bias")));
    }
  }

  /** The definition, in doubles, term by term. */
  private static Result reference(int[] sizes) {
    int in = sizes[0];
    int out = sizes[1];
    int height = sizes[3];
    int width = sizes[4];
    int k = sizes[5];
    float[][] inputs = inputs(sizes);
    double[] y = new double[inputs[3].length];
    double[] dx = new double[inputs[0].length];
    double[] dw = new double[inputs[1].length];
    double[] db = new double[out];
    for (int b = 0; b < sizes[2]; b++) {
      for (int row = 0; row < height; row++) {
        for (int col = 0; col < width; col++) {
          for (int o = 0; o < out; o++) {
            int at = ((b * height + row) * width + col) * out + o;
            y[at] += inputs[2][o];
            db[o] += inputs[3][at];
            for (int i = 0; i < k; i++) {
              for (int j = 0; j < k; j++) {
                int r = row + i - k / 2;
                int c = col + j - k / 2;
                for (int n = 0; n < in && r >= 0 && r < height && c >= 0 && c < width; n++) {
                  int from = ((b * height + r) * width + c) * in + n;
                  int weight = ((i * k + j) * in + n) * out + o;
                  y[at] += (double) inputs[0][from] * inputs[1][weight];
                  dx[from] += (double) inputs[3][at] * inputs[1][weight];
                  dw[weight] += (double) inputs[3][at] * inputs[0][from];
                }
              }
            }
          }
        }
      }
    }
    return new Result(floats(y), floats(dx), floats(dw), floats(db));
  }

  private static void close(String engine, Result expected, Result actual) {
    close(engine + " y", expected.y, actual.y);
    close(engine + " dx", expected.dx, actual.dx);
    close(engine + " dweights", expected.dweights, actual.dweights);
    close(engine + " dbias", expected.dbias, actual.dbias);
  }

  private static void close(String what, float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length, what);
    double largest = 1;
    for (float v : expected) {
      largest = Math.max(largest, Math.abs(v));
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 2e-5 * largest, what + " " + i + ", seed " + SEED);
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
