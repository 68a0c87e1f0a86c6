package org.mskd.graph.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What the network and its losses rely on, on whatever backend the tests run. */
class BackendTest {
  private static final long[] SHAPE = {2, 9, 11, 4};
  private static final long SEED = 31;

  /** Softmax over axis 1 of [batch, channel, height, width] is wrong here with oneDNN. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void softmaxOverTheLastAxis(boolean log) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] x = new float[2 * 9 * 11 * 4];
    float[] weights = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (4 * random.nextGaussian());
      weights[i] = (float) random.nextGaussian();
    }
    SameDiff graph = SameDiff.create();
    SDVariable input = graph.var("x", Nd4j.create(x, SHAPE, 'c'));
    SDVariable w = graph.placeHolder("w", DataType.FLOAT, SHAPE);
    SDVariable y = (log ? graph.nn().logSoftmax(input) : graph.nn().softmax(input, 3)).rename("y");
    y.mul(w).sum().rename("loss");
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("y"))) {
      Map<String, INDArray> out = session.run(Map.of("w", Nd4j.create(weights, SHAPE, 'c')));
      float[] actual = HostFloats.copy(out.get("y"));
      float[] gradient = HostFloats.copy(session.gradient("x"));
      for (int i = 0; i < x.length; i += 4) {
        double sum = 0;
        double dot = 0;
        double all = 0;
        for (int c = 0; c < 4; c++) {
          sum += Math.exp(x[i + c]);
        }
        for (int c = 0; c < 4; c++) {
          dot += weights[i + c] * Math.exp(x[i + c]) / sum;
          all += weights[i + c];
        }
        for (int c = 0; c < 4; c++) {
          double p = Math.exp(x[i + c]) / sum;
          double slope = log ? weights[i + c] - p * all : p * (weights[i + c] - dot);
          assertEquals(log ? Math.log(p) : p, actual[i + c], 1e-5, "seed " + SEED);
          assertEquals(slope, gradient[i + c], 1e-5, "seed " + SEED);
        }
      }
    }
  }

  @Test
  void hostFloatsSeeViewsAndOrders() {
    INDArray array = Nd4j.arange(24).castTo(DataType.FLOAT).reshape('c', 4, 6);
    assertArrayEquals(
        new float[] {2, 3, 8, 9, 14, 15, 20, 21},
        HostFloats.copy(array.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 4))));
    INDArray fortran = Nd4j.createUninitialized(DataType.FLOAT, new long[] {2, 3}, 'f');
    HostFloats.fill(fortran, new float[] {1, 2, 3, 4, 5, 6});
    assertEquals(2, fortran.getFloat(0, 1));
    assertEquals(4, fortran.getFloat(1, 0));
    INDArray row = array.getRow(2);
    HostFloats.fill(row, new float[] {-1, -2, -3, -4, -5, -6});
    assertEquals(-3, array.getFloat(2, 2));
    assertEquals(11, array.getFloat(1, 5));
    assertEquals(18, array.getFloat(3, 0));
  }

  /** The build without oneDNN is about twenty times slower; it must not be the one tested. */
  @Test
  @EnabledOnOs(
      value = {OS.LINUX, OS.MAC},
      architectures = {"amd64", "x86_64"},
      disabledReason = "ND4J's natives with oneDNN are used on x86-64, Linux and macOS, alone")
  void nativesAreOneBuildWithOneDnn() {
    Nd4j.create(1);
    String loaded = Loader.getLoadedLibraries().get("nd4jcpu");
    assertTrue(loaded.contains("onednn"), loaded);
    String bindings = "/org/nd4j/linalg/cpu/nativecpu/bindings/" + Loader.getPlatform() + "/";
    assertNull(BackendTest.class.getResource(bindings + System.mapLibraryName("nd4jcpu")));
  }
}
