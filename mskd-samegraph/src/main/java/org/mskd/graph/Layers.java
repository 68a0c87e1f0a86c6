package org.mskd.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mskd.architecture.ConvolutionBlock;
import org.mskd.architecture.ConvolutionLayer;
import org.mskd.architecture.NormalizationLayer;
import org.mskd.architecture.ParameterShape;
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
 * A network's layers with their parameters. Activations are [batch, height, width, channels]: about
 * twice as fast as channels first, and the only layout in which ND4J's softmax is right.
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

  /**
   * Twice: 3x3 convolution, normalisation if any, LeakyReLU; with a skip connection if residual.
   */
  SDVariable block(ConvolutionBlock block, SDVariable input) {
    SDVariable first = convolution(block.first(), input);
    return block.residual()
        ? residualRest(block, input, first)
        : rest(block, first, Optional.empty());
  }

  private SDVariable residualRest(ConvolutionBlock block, SDVariable input, SDVariable first) {
    SDVariable features = convolution(block.second(), activation(block.firstNorm(), first));
    features = normalized(block.secondNorm(), features);
    SDVariable skip =
        block.projects()
            ? normalized(block.projectionNorm(), convolution(block.projection(), input))
            : input;
    return ResidualSum.of(graph, features, skip);
  }

  /**
   * A {@link #block} whose first convolution is a {@link #joinedConvolution}.
   *
   * @param offset added before the first activation, [batch, out]; empty for none
   */
  SDVariable joinedBlock(
      ConvolutionBlock block,
      SDVariable skip,
      SDVariable low,
      long side,
      int skipped,
      Optional<SDVariable> offset) {
    return rest(block, joinedConvolution(block.first(), skip, low, side, skipped), offset);
  }

  private SDVariable rest(ConvolutionBlock block, SDVariable first, Optional<SDVariable> offset) {
    SDVariable features = activation(block.firstNorm(), first, offset);
    features = convolution(block.second(), features);
    return activation(block.secondNorm(), features);
  }

  /** Stride 1, borders padded with zeros. */
  public SDVariable convolution(ConvolutionLayer layer, SDVariable input) {
    return conv2d(input, parameters(layer), layer.kernel());
  }

  /**
   * A 3x3 {@link #convolution} of the channels of {@code skip}, then those of {@code low}
   * up-sampled, in the form that is faster on this backend.
   *
   * @param skip [batch, 2 side, 2 side, skipped]
   * @param low [batch, side, side, layer.in - skipped]
   */
  public SDVariable joinedConvolution(
      ConvolutionLayer layer, SDVariable skip, SDVariable low, long side, int skipped) {
    Parameters parameters = parameters(layer);
    return Engine.joins()
        ? JoinedConvolution.of(graph, skip, low, parameters.weights, parameters.bias)
        : conv2d(join(skip, up(low, side, layer.in() - skipped)), parameters, layer.kernel());
  }

  private record Parameters(SDVariable weights, SDVariable bias) {}

  private Parameters parameters(ConvolutionLayer layer) {
    ParameterShape weight = layer.weight();
    if (weight.count() > Network.MOST_WEIGHTS) {
      throw new BadInputException(
          "The network's layer " + layer.name() + " would have " + weight.count() + " weights.",
          "Choose fewer <baseChannels> or a smaller <depth>.");
    }
    float[] weights = init.heNormal(weight.name(), (int) weight.count(), layer.fanIn());
    return new Parameters(
        parameter(weight, weights), parameter(layer.bias(), new float[layer.out()]));
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
  public SDVariable activation(NormalizationLayer layer, SDVariable input) {
    return activation(layer, input, Optional.empty());
  }

  /** Normalisation if any, then the addition of an offset [batch, channels], then LeakyReLU. */
  private SDVariable activation(
      NormalizationLayer layer, SDVariable input, Optional<SDVariable> offset) {
    return switch (normalization) {
      case NONE -> graph.nn().leakyRelu(moved(layer, input, offset), WeightInit.SLOPE);
      case INSTANCE -> {
        List<SDVariable> parameters = scaleAndShift(layer);
        SDVariable shift = parameters.get(1);
        yield InstanceNorm.leakyRelu(
            graph, input, parameters.get(0), offset.map(shift::add).orElse(shift));
      }
    };
  }

  /** Normalisation if any, without an activation. */
  private SDVariable normalized(NormalizationLayer layer, SDVariable input) {
    return switch (normalization) {
      case NONE -> input;
      case INSTANCE -> {
        List<SDVariable> parameters = scaleAndShift(layer);
        yield InstanceNorm.linear(graph, input, parameters.get(0), parameters.get(1));
      }
    };
  }

  private static SDVariable moved(
      NormalizationLayer layer, SDVariable input, Optional<SDVariable> offset) {
    return offset
        .map(values -> input.add(InstanceNorm.overPixels(values, layer.channels())))
        .orElse(input);
  }

  /** The parameters of a normalisation, {@code [channels]} each: 1 and 0 at first. */
  public List<SDVariable> scaleAndShift(NormalizationLayer layer) {
    float[] ones = new float[layer.channels()];
    Arrays.fill(ones, 1);
    return List.of(
        parameter(layer.scale(), ones), parameter(layer.shift(), new float[layer.channels()]));
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

  /** Nearest-neighbour up-sampling of [batch, side, side, channels] by two. */
  public SDVariable up(SDVariable input, long side, long channels) {
    return Upsampling.of(graph, input, side, channels);
  }

  /** The concatenation of both along the channels. */
  public SDVariable join(SDVariable first, SDVariable second) {
    return graph.concat(3, first, second);
  }

  /** A parameter whose values are products with one input each. */
  SDVariable scaling(ParameterShape shape) {
    return parameter(shape, init.heNormal(shape.name(), Math.toIntExact(shape.count()), 1));
  }

  private SDVariable parameter(ParameterShape shape, float[] values) {
    INDArray array = Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', shape.toArray());
    HostFloats.fill(array, values);
    return graph.var(shape.name(), array);
  }
}
