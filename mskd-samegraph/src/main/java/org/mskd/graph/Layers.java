package org.mskd.graph;

import java.util.Arrays;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.Engine;
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
    return rest(name, convolution(name + ".conv1", input, 3, in, out), out);
  }

  /** A {@link #block} whose first convolution is a {@link #joinedConvolution}. */
  SDVariable joinedBlock(
      String name, SDVariable skip, SDVariable low, long side, int skipped, int in, int out) {
    return rest(name, joinedConvolution(name + ".conv1", skip, low, side, skipped, in, out), out);
  }

  private SDVariable rest(String name, SDVariable first, int channels) {
    SDVariable features = activation(name + ".norm1", first, channels);
    features = convolution(name + ".conv2", features, 3, channels, channels);
    return activation(name + ".norm2", features, channels);
  }

  /** Stride 1, borders padded with zeros, weights [kernel, kernel, in, out]. */
  public SDVariable convolution(String name, SDVariable input, int kernel, int in, int out) {
    return conv2d(input, parameters(name, kernel, in, out), kernel);
  }

  /**
   * A 3x3 {@link #convolution} of the channels of {@code skip}, then those of {@code low}
   * up-sampled, in the form that is faster on this backend.
   *
   * @param skip [batch, 2 side, 2 side, skipped]
   * @param low [batch, side, side, in]
   */
  public SDVariable joinedConvolution(
      String name, SDVariable skip, SDVariable low, long side, int skipped, int in, int out) {
    Parameters parameters = parameters(name, 3, skipped + in, out);
    return Engine.joins()
        ? JoinedConvolution.of(graph, skip, low, parameters.weights, parameters.bias)
        : conv2d(join(skip, up(low, side, in)), parameters, 3);
  }

  private record Parameters(SDVariable weights, SDVariable bias) {}

  private Parameters parameters(String name, int kernel, int in, int out) {
    int fanIn = kernel * kernel * in;
    long count = (long) fanIn * out;
    if (count > Network.MOST_WEIGHTS) {
      throw new BadInputException(
          "The network's layer " + name + " would have " + count + " weights.",
          "Choose fewer <baseChannels> or a smaller <depth>.");
    }
    long[] shape = {kernel, kernel, in, out};
    float[] weights = init.heNormal(name + ".weight", (int) count, fanIn);
    return new Parameters(
        parameter(name + ".weight", weights, shape),
        parameter(name + ".bias", new float[out], out));
  }

  private SDVariable conv2d(SDVariable input, Parameters parameters, int kernel) {
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
    return graph.cnn().conv2d(input, parameters.weights, parameters.bias, config);
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
