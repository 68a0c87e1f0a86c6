package org.mskd.export;

import static org.mskd.export.OnnxAttributes.integer;
import static org.mskd.export.OnnxAttributes.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.ConditionalUNet2d;
import org.mskd.architecture.DynamicHeadUNet2d;
import org.mskd.architecture.UNet2d;
import org.mskd.model.Tensor;

/**
 * The network of any architecture as ONNX nodes, from a batch of slices to the logits of all
 * classes. The passes or heads of a task-specific network are unrolled over its organs; as in
 * {@link org.mskd.training.FrozenNetwork}, the logit of the background is then 0.
 */
final class OnnxNetwork {
  /** The input, {@code [batch, inputChannels, size, size]}. */
  static final String IMAGE = "image";

  /** The output, {@code [batch, organs + 1, size, size]}. */
  static final String LOGITS = "logits";

  private static final String ORGANS = "logits.organs";

  private final OnnxGraph graph;
  private final OnnxWeights weights;
  private final OnnxTrunk trunk;
  private final int size;

  private OnnxNetwork(
      OnnxGraph graph,
      Architecture architecture,
      Map<String, Tensor> tensors,
      int size,
      OnnxNorm norm) {
    this.graph = graph;
    this.weights = new OnnxWeights(graph, tensors);
    this.trunk = new OnnxTrunk(graph, weights, architecture.trunk(), norm);
    this.size = size;
  }

  /** Adds a network to a graph. */
  static void add(
      OnnxGraph graph,
      Architecture architecture,
      Map<String, Tensor> tensors,
      int size,
      OnnxNorm norm) {
    OnnxNetwork network = new OnnxNetwork(graph, architecture, tensors, size, norm);
    if (architecture instanceof ConditionalUNet2d conditional) {
      network.passes(conditional);
    } else if (architecture instanceof DynamicHeadUNet2d dynamic) {
      network.heads(dynamic);
    } else {
      network.plain((UNet2d) architecture);
    }
  }

  private void plain(UNet2d plain) {
    String features = trunk.decode("", trunk.encode(IMAGE), level -> Optional.empty());
    graph.convolution(
        LOGITS, features, weights.kernel(plain.head()), weights.vector(plain.head().bias()), 1);
  }

  /** The encoder does not depend on the organ, so that it runs once. */
  private void passes(ConditionalUNet2d conditional) {
    String bottleneck = trunk.encode(IMAGE);
    List<String> organs = new ArrayList<>();
    for (int k = 0; k < conditional.organs(); k++) {
      float code = conditional.codeOf(k);
      String ending = ending(k);
      String features =
          trunk.decode(
              ending,
              bottleneck,
              level -> Optional.of(times(code, weights.values(conditional.code(level)))));
      organs.add(
          graph.convolution(
              "head" + ending,
              features,
              weights.kernel(conditional.head()),
              weights.vector(conditional.head().bias()),
              1));
    }
    withBackground(graph.node("Concat", ORGANS, organs, integer("axis", 1)));
  }

  private void heads(DynamicHeadUNet2d dynamic) {
    String bottleneck = trunk.encode(IMAGE);
    String features = trunk.decode("", bottleneck, level -> Optional.empty());
    OnnxHeads heads = new OnnxHeads(graph, weights, dynamic);
    heads.share(features, bottleneck);
    List<String> organs = new ArrayList<>();
    for (int k = 0; k < dynamic.organs(); k++) {
      organs.add(heads.add(k, ending(k)));
    }
    String rows = graph.node("Concat", "logits.rows", organs, integer("axis", 1));
    graph.wholes("logits.shape", 0, 0, size, size);
    withBackground(graph.node("Reshape", ORGANS, List.of(rows, "logits.shape")));
  }

  static String ending(int k) {
    return ".organ" + (k + 1);
  }

  private static float[] times(float factor, float[] values) {
    float[] products = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      products[i] = factor * values[i];
    }
    return products;
  }

  /** Puts a channel of zeros before those of the organs. */
  private void withBackground(String organs) {
    graph.wholes("background.pads", 0, 1, 0, 0, 0, 0, 0, 0);
    graph.floats("background.logit", new long[0], new float[] {0});
    graph.node(
        "Pad",
        LOGITS,
        List.of(organs, "background.pads", "background.logit"),
        text("mode", "constant"));
  }
}
