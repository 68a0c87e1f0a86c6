package org.mskd.export;

import static org.mskd.export.OnnxAttributes.integer;
import static org.mskd.export.OnnxAttributes.integers;
import static org.mskd.export.OnnxAttributes.real;

import java.util.List;
import java.util.Optional;
import org.mskd.architecture.NormalizationLayer;
import org.mskd.architecture.ParameterShape;

/**
 * Instance normalisation as ONNX nodes: (x - mean) / sqrt(variance + 1e-5) * scale + shift over the
 * pixels of each channel, variance biased.
 */
final class OnnxNormalization {
  private static final float EPSILON = 1e-5f;
  private static final String EPSILON_NAME = "normalization.epsilon";

  private final OnnxGraph graph;
  private final OnnxWeights weights;
  private final OnnxNorm form;

  OnnxNormalization(OnnxGraph graph, OnnxWeights weights, OnnxNorm form) {
    this.graph = graph;
    this.weights = weights;
    this.form = form;
    if (form == OnnxNorm.COMPOSED) {
      graph.floats(EPSILON_NAME, new long[0], new float[] {EPSILON});
    }
  }

  /**
   * Adds it.
   *
   * @param ending distinguishes nodes with equal weights
   * @param offset what is added to the shift
   * @return the name of its output
   */
  String add(NormalizationLayer layer, String ending, String input, Optional<float[]> offset) {
    String name = layer.name() + ending;
    if (form == OnnxNorm.OPERATOR) {
      String shift = shift(layer, ending, offset, layer.channels());
      return graph.node(
          "InstanceNormalization",
          name,
          List.of(input, weights.shaped(layer.scale(), layer.channels()), shift),
          real("epsilon", EPSILON));
    }
    String shift = shift(layer, ending, offset, layer.channels(), 1, 1);
    String centred = graph.node("Sub", name + ".centred", List.of(input, mean(input, name)));
    String squares = graph.node("Mul", name + ".squares", List.of(centred, centred));
    String variance =
        graph.node("Add", name + ".variance", List.of(mean(squares, squares), EPSILON_NAME));
    String deviation = graph.node("Sqrt", name + ".deviation", List.of(variance));
    String scale = weights.shaped(layer.scale(), layer.channels(), 1, 1);
    String factor = graph.node("Div", name + ".factor", List.of(scale, deviation));
    String scaled = graph.node("Mul", name + ".scaled", List.of(centred, factor));
    return graph.node("Add", name, List.of(scaled, shift));
  }

  private String shift(
      NormalizationLayer layer, String ending, Optional<float[]> offset, long... shape) {
    ParameterShape shift = layer.shift();
    return offset
        .map(values -> weights.sum(shift.name() + ending, weights.values(shift), values, shape))
        .orElseGet(() -> weights.shaped(shift, shape));
  }

  /** The mean over the pixels of each channel, [batch, channels, 1, 1]. */
  private String mean(String input, String name) {
    String ofRows = mean(input, name + ".rows", 3);
    return mean(ofRows, name + ".mean", 2);
  }

  private String mean(String input, String output, int axis) {
    return graph.node(
        "ReduceMean", output, List.of(input), integers("axes", axis), integer("keepdims", 1));
  }
}
