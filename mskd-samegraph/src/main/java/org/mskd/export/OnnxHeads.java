package org.mskd.export;

import java.util.List;
import java.util.stream.Stream;
import org.mskd.architecture.ConvolutionLayer;
import org.mskd.architecture.DynamicHeadUNet2d;

/**
 * The generated heads of {@link DynamicHeadUNet2d} as ONNX nodes. A head's parameters W1 [out, in],
 * W2 [out, in], w3, b1, b2, b3 are an affine map of the averaged features of the bottleneck; the
 * organ, a one-hot input of that map, adds a column of its weights.
 */
final class OnnxHeads {
  private static final int FEATURES = DynamicHeadUNet2d.FEATURES;
  private static final String PIXELS = "heads.pixels";
  private static final String SHARED = "heads.parameters";
  private static final String LENGTHS = "heads.lengths";
  private static final String SQUARE = "heads.square";
  private static final String ROW = "heads.row";
  private static final String COLUMN = "heads.column";
  private static final String SINGLE = "heads.single";

  private final OnnxGraph graph;
  private final OnnxWeights weights;
  private final DynamicHeadUNet2d dynamic;

  OnnxHeads(OnnxGraph graph, OnnxWeights weights, DynamicHeadUNet2d dynamic) {
    this.graph = graph;
    this.weights = weights;
    this.dynamic = dynamic;
  }

  /** Adds what all heads have in common: the features of each pixel, and the map of the slice. */
  void share(String decoded, String bottleneck) {
    graph.wholes(
        LENGTHS, FEATURES * FEATURES, FEATURES * FEATURES, FEATURES, FEATURES, FEATURES, 1);
    graph.wholes(SQUARE, 0, FEATURES, FEATURES);
    graph.wholes(ROW, 0, 1, FEATURES);
    graph.wholes(COLUMN, 0, FEATURES, 1);
    graph.wholes(SINGLE, 0, 1, 1);
    graph.wholes("heads.rows", 0, FEATURES, -1);
    ConvolutionLayer reduction = dynamic.reduction();
    String reduced =
        graph.convolution(
            reduction.name(),
            decoded,
            weights.kernel(reduction),
            weights.vector(reduction.bias()),
            reduction.kernel());
    graph.node("Reshape", PIXELS, List.of(reduced, "heads.rows"));
    String averaged = graph.node("GlobalAveragePool", "heads.averaged", List.of(bottleneck));
    ConvolutionLayer controller = dynamic.controller();
    int described = dynamic.trunk().deepest();
    graph.floats(
        controller.weight().name(),
        new long[] {controller.out(), described, 1, 1},
        weights.channelsFirst(controller, described));
    graph.convolution(
        SHARED, averaged, controller.weight().name(), weights.vector(controller.bias()), 1);
  }

  /** Adds the head of organ {@code k}, from 0. The name of its logits, [batch, 1, pixels]. */
  String add(int k, String ending) {
    graph.floats(
        "controller.weight" + ending,
        new long[] {1, DynamicHeadUNet2d.HEAD_PARAMETERS, 1, 1},
        column(dynamic.trunk().deepest() + k));
    String parameters =
        graph.node("Add", "controller" + ending, List.of(SHARED, "controller.weight" + ending));
    List<String> parts =
        Stream.of("w1", "w2", "w3", "b1", "b2", "b3").map(part -> "head." + part + ending).toList();
    graph.split("head.parts" + ending, parameters, LENGTHS, parts);
    String first = layer(parts.get(0), SQUARE, parts.get(3), COLUMN, PIXELS);
    String second = layer(parts.get(1), SQUARE, parts.get(4), COLUMN, relu(first));
    return layer(parts.get(2), ROW, parts.get(5), SINGLE, relu(second));
  }

  /** The matrix, shaped, times the features of each pixel, plus the bias. */
  private String layer(
      String matrix, String matrixShape, String bias, String biasShape, String features) {
    String weight = graph.node("Reshape", matrix + ".matrix", List.of(matrix, matrixShape));
    String offset = graph.node("Reshape", bias + ".column", List.of(bias, biasShape));
    String product = graph.node("MatMul", matrix + ".product", List.of(weight, features));
    return graph.node("Add", matrix + ".sum", List.of(product, offset));
  }

  private String relu(String input) {
    return graph.node("Relu", input + ".relu", List.of(input));
  }

  /** The weights of one input of the controller, of our order [1, 1, in, out]. */
  private float[] column(int input) {
    int outputs = DynamicHeadUNet2d.HEAD_PARAMETERS;
    float[] column = new float[outputs];
    System.arraycopy(
        weights.values(dynamic.controller().weight()), input * outputs, column, 0, outputs);
    return column;
  }
}
