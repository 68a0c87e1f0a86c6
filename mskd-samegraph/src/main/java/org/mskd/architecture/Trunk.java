package org.mskd.architecture;

import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.Blocks;
import org.mskd.experiment.Network;

/**
 * Encoder and decoder of the 2-D U-Net (Ronneberger et al., MICCAI 2015) with nnU-Net's blocks,
 * without the layers after them. Channels double with each downsampling. A decoder block's input
 * are the channels of the skip connection, then those of the up-sampled lower level. The encoder's
 * blocks may be residual.
 *
 * @param network base channels, depth and normalisation
 * @param inputChannels of the image
 */
public record Trunk(Network network, int inputChannels) {
  public Trunk {
    if (network == null) {
      throw new IllegalArgumentException("network is missing");
    }
    if (inputChannels < 1) {
      throw new IllegalArgumentException("inputChannels is " + inputChannels + "; it needs 1");
    }
  }

  /** Channels after {@code level} downsamplings. */
  public int channels(int level) {
    return network.baseChannels() << level;
  }

  /** Channels of the bottleneck, the deepest block of the encoder. */
  public int deepest() {
    return channels(network.depth());
  }

  /** The block after {@code level} downsamplings, 0 .. depth. */
  public ConvolutionBlock encoder(int level) {
    int in = level == 0 ? inputChannels : channels(level - 1);
    boolean residual = network.blocks() == Blocks.RESIDUAL;
    return new ConvolutionBlock("encoder." + level, in, channels(level), residual);
  }

  /** The block of the same size on the way up, depth-1 .. 0. */
  public ConvolutionBlock decoder(int level) {
    return new ConvolutionBlock(
        "decoder." + level, channels(level) + channels(level + 1), channels(level), false);
  }

  /** Parameters of the encoder. */
  List<ParameterShape> encoderParameters() {
    List<ParameterShape> shapes = new ArrayList<>();
    for (int level = 0; level <= network.depth(); level++) {
      shapes.addAll(encoder(level).parameters(network.normalization()));
    }
    return shapes;
  }

  /** Parameters of one decoder block. */
  List<ParameterShape> decoderParameters(int level) {
    return decoder(level).parameters(network.normalization());
  }

  /** All parameters. */
  List<ParameterShape> parameters() {
    List<ParameterShape> shapes = encoderParameters();
    for (int level = network.depth() - 1; level >= 0; level--) {
      shapes.addAll(decoderParameters(level));
    }
    return shapes;
  }
}
