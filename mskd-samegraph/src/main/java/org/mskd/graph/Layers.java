package org.mskd.graph;

import java.util.Arrays;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.problem.BadInputException;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D.Pooling2DType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The network's layers with their parameters; activations are [batch, height, width, channels],
 * which is about twice as fast here as channels first, and the only layout ND4J's softmax is right
 * in.
 */
public final class Layers {
  private final SameDiff graph;
  private final Normalization normalization;
  private final WeightInit init;

  /** Layers of one graph, whose parameters {@code init} fills. */
  public Layers(SameDiff graph, Normalization normalization, WeightInit init) {
    this.graph = graph;
    this.normalization = normalization;
    this.init = init;
  }

  /** Twice: 3x3 convolution, normalisation if any, LeakyReLU. */
  SDVariable block(String name, SDVariable input, int in, int out) {
    SDVariable features = input;
    for (int i = 1; i <= 2; i++) {
      features = convolution(name + ".conv" + i, features, 3, i == 1 ? in : out, out);
      features = activation(name + ".norm" + i, features, out);
    }
    return features;
  }

  /** Stride 1, borders padded with zeros, weights [kernel, kernel, in, out]. */
  public SDVariable convolution(String name, SDVariable input, int kernel, int in, int out) {
    int fanIn = kernel * kernel * in;
    long count = (long) fanIn * out;
    if (count > Network.MOST_WEIGHTS) {
      throw new BadInputException(
          "The network's layer " + name + " would have " + count + " weights.",
          "Choose fewer <baseChannels> or a smaller <depth>.");
    }
    long[] shape = {kernel, kernel, in, out};
    float[] weights = init.heNormal(name + ".weight", (int) count, fanIn);
    Conv2DConfig config =
        Conv2DConfig.builder()
            .kH(kernel)
            .kW(kernel)
            .sH(1)
            .sW(1)
            .pH(0)
            .pW(0)
            .dH(1)
            .dW(1)
            .paddingMode(PaddingMode.SAME)
            .dataFormat("NHWC")
            .weightsFormat(WeightsFormat.YXIO)
            .build();
    return graph
        .cnn()
        .conv2d(
            input,
            parameter(name + ".weight", weights, shape),
            parameter(name + ".bias", new float[out], out),
            config);
  }

  /** Normalisation if any, then LeakyReLU. */
  public SDVariable activation(String name, SDVariable input, int channels) {
    return switch (normalization) {
      case NONE -> graph.nn().leakyRelu(input, WeightInit.SLOPE);
      case INSTANCE -> {
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        SDVariable scale = parameter(name + ".scale", ones, channels);
        SDVariable shift = parameter(name + ".shift", new float[channels], channels);
        yield InstanceNorm.leakyRelu(graph, input, scale, shift);
      }
    };
  }

  /** The maximum of each 2x2 square. */
  public SDVariable pool(SDVariable input) {
    return graph
        .cnn()
        .maxPooling2d(
            input,
            Pooling2DConfig.builder()
                .kH(2)
                .kW(2)
                .sH(2)
                .sW(2)
                .isNHWC(true)
                .type(Pooling2DType.MAX)
                .build());
  }

  /** Each pixel of [batch, side, side, channels] as a 2x2 square. */
  public SDVariable up(SDVariable input, long side, long channels) {
    return Upsampling.of(graph, input, side, channels);
  }

  /** The channels of both, one after the other. */
  public SDVariable join(SDVariable first, SDVariable second) {
    return graph.concat(3, first, second);
  }

  private SDVariable parameter(String name, float[] values, long... shape) {
    INDArray array = Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', shape);
    HostFloats.fill(array, values);
    return graph.var(name, array);
  }
}
