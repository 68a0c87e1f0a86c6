package org.mskd.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.architecture.ConvolutionLayer;
import org.mskd.experiment.Normalization;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.Engine;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class JoinedConvolutionTest {
  private static final long SEED = 91;

  @BeforeEach
  void joined() {
    System.setProperty("mskd.convolution", "onednn");
  }

  @AfterEach
  void clear() {
    System.clearProperty("mskd.convolution");
    System.clearProperty("mskd.composed");
  }

  /** Channels skipped, low and out; images; height and width of low. */
  private record Sizes(int skip, int low, int out, int batch, int height, int width) {
    ConvolutionLayer layer() {
      return new ConvolutionLayer("c", 3, in(), out);
    }

    int in() {
      return skip + low;
    }

    int pixels() {
      return batch * 4 * height * width;
    }

    long[] shape(int channels) {
      return new long[] {batch, 2L * height, 2L * width, channels};
    }

    /** Skip, low, weights, bias, dy. */
    float[][] inputs() {
      SplittableRandom random = new SplittableRandom(SEED);
      int[] counts = {pixels() * skip, pixels() / 4 * low, 9 * in() * out, out, pixels() * out};
      float[][] values = new float[counts.length][];
      for (int i = 0; i < counts.length; i++) {
        values[i] = new float[counts[i]];
        for (int j = 0; j < counts[i]; j++) {
          values[i][j] = (float) random.nextGaussian();
        }
      }
      return values;
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Result(float[] y, float[] dskip, float[] dlow, float[] dweights, float[] dbias) {
    void requireBits(Result other) {
      assertArrayEquals(y, other.y);
      assertArrayEquals(dskip, other.dskip);
      assertArrayEquals(dlow, other.dlow);
      assertArrayEquals(dweights, other.dweights);
      assertArrayEquals(dbias, other.dbias);
    }

    void requireClose(String who, Result actual) {
      close(who + " y", y, actual.y);
      close(who + " dskip", dskip, actual.dskip);
      close(who + " dlow", dlow, actual.dlow);
      close(who + " dweights", dweights, actual.dweights);
      close(who + " dbias", dbias, actual.dbias);
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
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1,1,1,1",
    "1,3,2,1,2,2",
    "3,5,7,3,2,2",
    "5,3,2,3,4,3",
    "16,32,16,1,8,8",
    "17,33,15,2,5,9",
    "64,128,64,1,4,4"
  })
  void bothFormsAreTheDefinition(int skip, int low, int out, int batch, int height, int width) {
    Sizes sizes = new Sizes(skip, low, out, batch, height, width);
    Result expected = reference(sizes);
    expected.requireClose("joined", run(sizes, true));
    System.setProperty("mskd.convolution", "nd4j");
    expected.requireClose("ND4J's", run(sizes, false));
    System.setProperty("mskd.convolution", "onednn");
    System.setProperty("mskd.composed", "true");
    expected.requireClose("composed", run(sizes, false));
  }

  @Test
  void runsAgainWithTheSameBits() {
    Sizes sizes = new Sizes(16, 32, 16, 3, 16, 16);
    Result first = run(sizes, true);
    first.requireBits(run(sizes, true));
  }

  /** A single pixel of 1 below a 2x2 square: each output sums the taps that fall into it. */
  @Test
  void aPixelByHand() {
    SameDiff graph = SameDiff.create();
    SDVariable skip = graph.constant("skip", Nd4j.create(new float[4], new long[] {1, 2, 2, 1}));
    SDVariable low = graph.constant("low", Nd4j.create(new float[] {1}, new long[] {1, 1, 1, 1}));
    SDVariable weights = graph.var("w", Nd4j.create(DataType.FLOAT, 3, 3, 2, 1));
    float[] taps = new float[18];
    for (int i = 0; i < 9; i++) {
      taps[2 * i] = 1000;
      taps[2 * i + 1] = i + 1;
    }
    HostFloats.fill(weights.getArr(), taps);
    SDVariable bias = graph.var("b", Nd4j.createFromArray(100f));
    JoinedConvolution.of(graph, skip, low, weights, bias).rename("y");
    try (GraphSession session = GraphSession.forInference(graph, List.of("y"))) {
      // 5+6+8+9, 4+5+7+8, 2+3+5+6, 1+2+4+5
      assertArrayEquals(
          new float[] {128, 124, 116, 112}, HostFloats.copy(session.run(Map.of()).get("y")));
    }
  }

  @Test
  void graphsAreJoinedWhereOneDnnConvolvesFusedGraphs() {
    assertTrue(Engine.joins());
    System.setProperty("mskd.composed", "true");
    assertFalse(Engine.joins());
    System.clearProperty("mskd.composed");
    System.setProperty("mskd.convolution", "nd4j");
    assertFalse(Engine.joins());
  }

  @Test
  void aJoinedGraphNeedsItsEngine() {
    Sizes sizes = new Sizes(1, 1, 1, 1, 1, 1);
    SameDiff graph = graph(sizes);
    System.setProperty("mskd.convolution", "nd4j");
    try (GraphSession session = GraphSession.forInference(graph, List.of("y"))) {
      var e = assertThrows(IllegalStateException.class, () -> session.run(Map.of()));
      assertTrue(e.getMessage().contains("engine"), e.getMessage());
    }
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    var op = new JoinedConvolutionOp();
    long[] bias = {4};
    long[] skip = {1, 4, 4, 2};
    long[] low = {1, 2, 2, 3};
    long[] weights = {3, 3, 5, 4};
    assertArrayEquals(
        new long[] {1, 4, 4, 4}, op.outputShapes(List.of(skip, low, weights, bias)).get(0));
    for (long[] wrong : new long[][] {{1, 4, 2, 3}, {1, 2, 3, 3}, {2, 2, 2, 3}, {1, 2, 2, 2}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> op.outputShapes(List.of(skip, wrong, weights, bias)));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> op.outputShapes(List.of(skip, low, new long[] {1, 1, 5, 4}, bias)));
  }

  private static SameDiff graph(Sizes sizes) {
    float[][] inputs = sizes.inputs();
    long[] lowShape = {sizes.batch, sizes.height, sizes.width, sizes.low};
    SameDiff graph = SameDiff.create();
    SDVariable skip = graph.var("skip", Nd4j.create(inputs[0], sizes.shape(sizes.skip), 'c'));
    SDVariable low = graph.var("low", Nd4j.create(inputs[1], lowShape, 'c'));
    SDVariable dy = graph.constant("dy", Nd4j.create(inputs[4], sizes.shape(sizes.out), 'c'));
    Layers layers = new Layers(graph, Normalization.NONE, new WeightInit(1));
    SDVariable y =
        sizes.height == sizes.width
            ? layers.joinedConvolution(sizes.layer(), skip, low, sizes.height, sizes.skip)
            : oblong(graph, layers, sizes, skip, low);
    y.rename("y").mul(dy).sum().rename("loss");
    HostFloats.fill(graph.getVariable("c.weight").getArr(), inputs[2]);
    HostFloats.fill(graph.getVariable("c.bias").getArr(), inputs[3]);
    return graph;
  }

  /** The network's maps are square, and so is the composed form's up-sampling. */
  private static SDVariable oblong(
      SameDiff graph, Layers layers, Sizes sizes, SDVariable skip, SDVariable low) {
    if (!Engine.joins()) {
      SDVariable up = Upsampling.fused(graph, low);
      return layers.convolution(sizes.layer(), layers.join(skip, up));
    }
    var weights = graph.var("c.weight", Nd4j.create(DataType.FLOAT, 3, 3, sizes.in(), sizes.out));
    var bias = graph.var("c.bias", Nd4j.create(DataType.FLOAT, sizes.out));
    return JoinedConvolution.of(graph, skip, low, weights, bias);
  }

  private static Result run(Sizes sizes, boolean joined) {
    SameDiff graph = graph(sizes);
    assertEquals(
        joined,
        graph.getOps().values().stream().anyMatch(op -> op.getOp() instanceof JoinedConvolutionOp));
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("y"))) {
      assertEquals(List.of("c.bias", "c.weight", "low", "skip"), session.parameters());
      return new Result(
          HostFloats.copy(session.run(Map.of()).get("y")),
          HostFloats.copy(session.gradient("skip")),
          HostFloats.copy(session.gradient("low")),
          HostFloats.copy(session.gradient("c.weight")),
          HostFloats.copy(session.gradient("c.bias")));
    }
  }

  /** The definition of the convolution and of nearest up-sampling, in doubles, term by term. */
  private static Result reference(Sizes sizes) {
    float[][] inputs = sizes.inputs();
    int height = 2 * sizes.height;
    int width = 2 * sizes.width;
    double[][] d = new double[5][];
    for (int i = 0; i < 5; i++) {
      d[i] = new double[inputs[i].length];
    }
    for (int at = 0; at < d[4].length; at++) {
      int o = at % sizes.out;
      int col = at / sizes.out % width;
      int row = at / sizes.out / width % height;
      int image = at / sizes.out / width / height;
      d[4][at] += inputs[3][o];
      d[3][o] += inputs[4][at];
      for (int tap = 0; tap < 9; tap++) {
        int r = row + tap / 3 - 1;
        int c = col + tap % 3 - 1;
        if (r < 0 || r >= height || c < 0 || c >= width) {
          continue;
        }
        for (int n = 0; n < sizes.in(); n++) {
          int part = n < sizes.skip ? 0 : 1;
          int from =
              part == 0
                  ? ((image * height + r) * width + c) * sizes.skip + n
                  : ((image * sizes.height + r / 2) * sizes.width + c / 2) * sizes.low
                      + n
                      - sizes.skip;
          int weight = (tap * sizes.in() + n) * sizes.out + o;
          d[4][at] += (double) inputs[part][from] * inputs[2][weight];
          d[part][from] += (double) inputs[4][at] * inputs[2][weight];
          d[2][weight] += (double) inputs[4][at] * inputs[part][from];
        }
      }
    }
    return new Result(floats(d[4]), floats(d[0]), floats(d[1]), floats(d[2]), floats(d[3]));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
