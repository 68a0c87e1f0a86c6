package org.mskd.graph;

import java.util.List;
import java.util.Optional;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.ConditionalUNet2d;
import org.mskd.architecture.DynamicHeadUNet2d;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.FeatureSource;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Network;
import org.mskd.problem.BadInputException;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The 2-D U-Net (Ronneberger et al., MICCAI 2015) in nnU-Net's manner: two 3x3 convolutions per
 * block, instance normalisation, LeakyReLU(0.01), channels doubling with each 2x2 max pooling, and
 * on the way up nearest-neighbour up-sampling, then the concatenation of the skip connection's
 * features and the up-sampled ones, in this order. The encoder's blocks may be residual.
 *
 * <p>Parameters are named {@code encoder.0.conv1.weight} [3, 3, in, out], {@code .bias} [out],
 * {@code encoder.0.norm1.scale} [out], {@code .shift} [out], ..., in residual blocks {@code
 * encoder.0.projection.weight} [1, 1, in, out], ..., {@code decoder.0...} (by level, so {@code
 * decoder.0} is the last block), {@code head.weight} [1, 1, base, outputs], {@code head.bias};
 * values {@code encoder.0} ... and {@code logits}. One network per graph.
 *
 * <p>{@link ConditionalUNet2d} and {@link DynamicHeadUNet2d} have the same encoder and decoder, and
 * segment the organs of their tasks.
 *
 * @param logits [batch, size, size, outputs], or where there are tasks [batch, size, size, tasks]
 * @param encoder after l downsamplings [batch, size/2^l, size/2^l, base 2^l], l = 0 .. depth
 * @param decoder the same shapes on the way up; at l = depth, the bottleneck, the encoder's
 */
public record UNet(SDVariable logits, List<SDVariable> encoder, List<SDVariable> decoder) {
  public UNet {
    encoder = List.copyOf(encoder);
    decoder = List.copyOf(decoder);
  }

  /**
   * The blocks' outputs that feature terms compare, in the order of their levels.
   *
   * @throws IndexOutOfBoundsException where the network is not that deep
   */
  public List<SDVariable> features(FeatureTerms terms) {
    List<SDVariable> half = terms.source() == FeatureSource.ENCODER ? encoder : decoder;
    return terms.levels().stream().map(half::get).toList();
  }

  /**
   * Adds the plain network to a graph.
   *
   * @param image FLOAT [batch, size, size, inputChannels]; size must be a multiple of 2^depth
   * @param outputs the number of classes, background included
   * @throws BadInputException where the image's size is not such a multiple, or a layer would be
   *     too large
   */
  public static UNet build(
      SameDiff graph, SDVariable image, Network network, int outputs, WeightInit init) {
    int channels = Math.toIntExact(image.getShape()[3]);
    UNet2d architecture = new UNet2d(network, channels, outputs);
    return build(graph, image, architecture, Optional.empty(), init);
  }

  /**
   * Adds a network to a graph.
   *
   * @param image as above
   * @param tasks the organs to segment in each slice as one-hot vectors, FLOAT [batch, tasks, K],
   *     for an architecture that is task-specific, else empty. {@link ConditionalUNet2d} takes one
   *     task a slice, {@link DynamicHeadUNet2d} any number
   * @return its logits are [batch, size, size, tasks] where there are tasks
   * @throws BadInputException as above
   * @throws IllegalArgumentException where tasks are missing, not needed, or of another shape
   */
  public static UNet build(
      SameDiff graph,
      SDVariable image,
      Architecture architecture,
      Optional<SDVariable> tasks,
      WeightInit init) {
    requireSize(image.getShape(), architecture.network().depth());
    TaskInput.require(architecture, tasks.map(SDVariable::getShape));
    return new UNetBuilder(graph, image, architecture, init).build(tasks);
  }

  private static void requireSize(long[] shape, int depth) {
    for (int axis = 1; axis <= 2; axis++) {
      if (shape[axis] > 0 && shape[axis] % (1L << depth) != 0) {
        throw new BadInputException(
            "Slices of %d x %d cannot be halved %d times, which is the network's depth."
                .formatted(shape[1], shape[2], depth),
            "Set <sliceSize> to a multiple of %d, or choose a smaller <depth>."
                .formatted(1L << depth));
      }
    }
  }
}
