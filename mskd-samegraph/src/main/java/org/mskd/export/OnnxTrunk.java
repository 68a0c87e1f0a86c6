package org.mskd.export;

import static org.mskd.export.OnnxAttributes.integer;
import static org.mskd.export.OnnxAttributes.integers;
import static org.mskd.export.OnnxAttributes.real;
import static org.mskd.export.OnnxAttributes.text;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.mskd.architecture.ConvolutionBlock;
import org.mskd.architecture.ConvolutionLayer;
import org.mskd.architecture.NormalizationLayer;
import org.mskd.architecture.ParameterShape;
import org.mskd.architecture.Trunk;
import org.mskd.experiment.Normalization;

/** Encoder and decoder of the U-Net as ONNX nodes. */
final class OnnxTrunk {
  private static final float SLOPE = 0.01f;
  private static final String SCALES = "upsampling.scales";

  private final OnnxGraph graph;
  private final OnnxWeights weights;
  private final Trunk trunk;
  private final boolean normalized;
  private final OnnxNormalization normalization;

  OnnxTrunk(OnnxGraph graph, OnnxWeights weights, Trunk trunk, OnnxNorm norm) {
    this.normalization = new OnnxNormalization(graph, weights, norm);
    this.graph = graph;
    this.weights = weights;
    this.trunk = trunk;
    this.normalized = trunk.network().normalization() == Normalization.INSTANCE;
    graph.floats(SCALES, new long[] {4}, new float[] {1, 1, 2, 2});
  }

  /** Adds the encoder. The name of the bottleneck's features. */
  String encode(String image) {
    String features = image;
    for (int level = 0; level <= trunk.network().depth(); level++) {
      if (level > 0) {
        features =
            graph.node(
                "MaxPool",
                "pool." + level,
                List.of(features),
                integers("kernel_shape", 2, 2),
                integers("strides", 2, 2));
      }
      features = block(trunk.encoder(level), "", features, Optional.empty());
    }
    return features;
  }

  /**
   * Adds a decoder after the encoder.
   *
   * @param ending distinguishes the nodes of several decoders with equal weights; may be empty
   * @param offsets what is added before the first activation of each level's block, a value per
   *     channel
   * @return the name of the last block's features
   */
  String decode(String ending, String bottleneck, IntFunction<Optional<float[]>> offsets) {
    String features = bottleneck;
    for (int level = trunk.network().depth() - 1; level >= 0; level--) {
      // The second input, the region of interest, is not used.
      String up =
          graph.node(
              "Resize",
              "up." + level + ending,
              List.of(features, "", SCALES),
              text("mode", "nearest"),
              text("coordinate_transformation_mode", "asymmetric"),
              text("nearest_mode", "floor"));
      String joined =
          graph.node(
              "Concat",
              "join." + level + ending,
              List.of(trunk.encoder(level).name(), up),
              integer("axis", 1));
      features = block(trunk.decoder(level), ending, joined, offsets.apply(level));
    }
    return features;
  }

  private String block(
      ConvolutionBlock block, String ending, String input, Optional<float[]> offset) {
    String first =
        activation(
            block.name() + ".first",
            ending,
            layer(block.first(), block.firstNorm(), ending, input, offset));
    String second = layer(block.second(), block.secondNorm(), ending, first, Optional.empty());
    if (block.residual()) {
      String skip =
          block.projects()
              ? layer(block.projection(), block.projectionNorm(), ending, input, Optional.empty())
              : input;
      second = graph.node("Add", block.name() + ".sum" + ending, List.of(second, skip));
    }
    return activation(block.name(), ending, second);
  }

  private String activation(String name, String ending, String features) {
    return graph.node("LeakyRelu", name + ending, List.of(features), real("alpha", SLOPE));
  }

  /** Convolution, normalisation if any, offset if any. */
  private String layer(
      ConvolutionLayer convolution,
      NormalizationLayer norm,
      String ending,
      String input,
      Optional<float[]> offset) {
    ParameterShape bias = convolution.bias();
    // An offset per channel is a part of the last parameter that is added before the activation.
    Optional<float[]> moved = normalized ? Optional.empty() : offset;
    String features =
        graph.convolution(
            convolution.name() + ending,
            input,
            weights.kernel(convolution),
            moved
                .map(
                    values ->
                        weights.sum(
                            bias.name() + ending, weights.values(bias), values, values.length))
                .orElseGet(() -> weights.vector(bias)),
            convolution.kernel());
    return normalized ? normalization.add(norm, ending, features, offset) : features;
  }
}
