package org.mskd.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.ConditionalUNet2d;
import org.mskd.architecture.ConvolutionBlock;
import org.mskd.architecture.DynamicHeadUNet2d;
import org.mskd.architecture.Trunk;
import org.mskd.architecture.UNet2d;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** Adds the network of an architecture to a graph: encoder, decoder, head. Builds one network. */
final class UNetBuilder {
  private final SameDiff graph;
  private final SDVariable image;
  private final Architecture architecture;
  private final Trunk trunk;
  private final int depth;
  private final Layers layers;
  private final List<SDVariable> encoder = new ArrayList<>();
  private final List<SDVariable> decoder = new ArrayList<>();

  UNetBuilder(SameDiff graph, SDVariable image, Architecture architecture, WeightInit init) {
    this.graph = graph;
    this.image = image;
    this.architecture = architecture;
    this.trunk = architecture.trunk();
    this.depth = architecture.network().depth();
    this.layers = new Layers(graph, architecture.network().normalization(), init);
  }

  /**
   * @param tasks [batch, tasks, K] where the architecture is task-specific
   */
  UNet build(Optional<SDVariable> tasks) {
    encode();
    SDVariable logits;
    if (architecture instanceof ConditionalUNet2d conditional) {
      SDVariable codes = codes(conditional, tasks.orElseThrow());
      decode(level -> Optional.of(codes.mul(layers.scaling(conditional.code(level)))));
      logits = layers.convolution(conditional.head(), decoder.get(0));
    } else if (architecture instanceof DynamicHeadUNet2d dynamic) {
      decode(level -> Optional.empty());
      logits = dynamicHead(dynamic, tasks.orElseThrow());
    } else {
      decode(level -> Optional.empty());
      logits = layers.convolution(((UNet2d) architecture).head(), decoder.get(0));
    }
    return new UNet(logits.rename("logits"), encoder, decoder);
  }

  private void encode() {
    SDVariable features = image;
    for (int level = 0; level <= depth; level++) {
      ConvolutionBlock block = trunk.encoder(level);
      features = layers.block(block, level == 0 ? features : layers.pool(features));
      features = features.rename(block.name());
      encoder.add(features);
    }
  }

  /**
   * @param offsets what is added before the first activation of each level's block, [batch, out]
   */
  private void decode(IntFunction<Optional<SDVariable>> offsets) {
    SDVariable features = encoder.get(depth);
    decoder.add(features);
    long size = image.getShape()[1];
    for (int level = depth - 1; level >= 0; level--) {
      features =
          layers.joinedBlock(
              trunk.decoder(level),
              encoder.get(level),
              features,
              size >> (level + 1),
              trunk.channels(level),
              offsets.apply(level));
      decoder.add(0, features);
    }
  }

  /** The code of each slice's organ, [batch, 1]. */
  private SDVariable codes(ConditionalUNet2d conditional, SDVariable tasks) {
    int organs = conditional.organs();
    float[] codes = new float[organs];
    for (int k = 0; k < organs; k++) {
      codes[k] = conditional.codeOf(k);
    }
    SDVariable table = graph.constant("codes", Nd4j.createFromArray(codes).reshape(organs, 1));
    return tasks.reshape(tasks.getShape()[0], organs).mmul(table);
  }

  private SDVariable dynamicHead(DynamicHeadUNet2d dynamic, SDVariable tasks) {
    SDVariable features = layers.convolution(dynamic.reduction(), decoder.get(0));
    SDVariable described = TaskFeatures.of(graph, encoder.get(depth), tasks);
    return DynamicHead.of(graph, features, layers.convolution(dynamic.controller(), described));
  }
}
