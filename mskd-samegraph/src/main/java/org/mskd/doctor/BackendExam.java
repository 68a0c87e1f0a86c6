package org.mskd.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.mskd.graph.Engine;
import org.mskd.graph.GraphSession;
import org.mskd.graph.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/** Single operations of the backend against plain Java loops. */
public final class BackendExam {
  private static final int SIDE = 9;
  private static final int IN = 3;
  private static final int OUT = 5;

  private BackendExam() {}

  /** What trainings run on here, in words. */
  public static String engine() {
    return Engine.description();
  }

  /** The limit for tensors, bytes. */
  public static long offHeapLimit() {
    return Pointer.maxBytes();
  }

  /** All checks of single operations. */
  public static List<Finding> findings() {
    return List.of(softmax(), convolution());
  }

  /** Softmax over the last axis sums to 1 at every pixel. */
  private static Finding softmax() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 2, SIDE, SIDE, OUT);
    graph.nn().softmax(x, 3).rename("y");
    float[] values = random(2 * SIDE * SIDE * OUT, 1);
    float[] probabilities =
        output(graph, Nd4j.create(values, new long[] {2, SIDE, SIDE, OUT}, 'c'));
    double worst = 0;
    for (int i = 0; i < probabilities.length; i += OUT) {
      double sum = 0;
      for (int c = 0; c < OUT; c++) {
        sum += probabilities[i + c];
      }
      worst = Math.max(worst, Math.abs(sum - 1));
    }
    return new Finding(
        "softmax over the channels of [batch, height, width, channels]",
        worst < 1e-5,
        String.format(Locale.ROOT, "sums differ from 1 by up to %.1e", worst));
  }

  /** A 3x3 convolution, same padding, [batch, height, width, channels]. */
  private static Finding convolution() {
    float[] x = random(SIDE * SIDE * IN, 2);
    float[] w = random(9 * IN * OUT, 3);
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("x", DataType.FLOAT, 1, SIDE, SIDE, IN);
    SDVariable weights = graph.var("w", Nd4j.create(w, new long[] {3, 3, IN, OUT}, 'c'));
    graph
        .cnn()
        .conv2d(
            image,
            weights,
            graph.var("b", Nd4j.zeros(DataType.FLOAT, OUT)),
            Conv2DConfig.builder()
                .kH(3)
                .kW(3)
                .paddingMode(PaddingMode.SAME)
                .dataFormat("NHWC")
                .weightsFormat(WeightsFormat.YXIO)
                .build())
        .rename("y");
    float[] y = output(graph, Nd4j.create(x, new long[] {1, SIDE, SIDE, IN}, 'c'));
    double worst = 0;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        for (int o = 0; o < OUT; o++) {
          double expected = convolved(x, w, row, column, o);
          worst = Math.max(worst, Math.abs(expected - y[(row * SIDE + column) * OUT + o]));
        }
      }
    }
    return new Finding(
        "3x3 convolution",
        worst < 1e-4,
        String.format(Locale.ROOT, "differs from plain Java by up to %.1e", worst));
  }

  private static double convolved(float[] x, float[] w, int row, int column, int o) {
    double sum = 0;
    for (int dy = 0; dy < 3; dy++) {
      for (int dx = 0; dx < 3; dx++) {
        int r = row + dy - 1;
        int c = column + dx - 1;
        if (r >= 0 && c >= 0 && r < SIDE && c < SIDE) {
          for (int i = 0; i < IN; i++) {
            sum += (double) x[(r * SIDE + c) * IN + i] * w[((dy * 3 + dx) * IN + i) * OUT + o];
          }
        }
      }
    }
    return sum;
  }

  /** Runs "x" to "y" by the way that trainings take, with the same engines. */
  private static float[] output(SameDiff graph, INDArray x) {
    try (GraphSession session = GraphSession.forInference(graph, List.of("y"))) {
      return HostFloats.copy(session.run(Map.of("x", x)).get("y"));
    }
  }

  private static float[] random(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }
}
