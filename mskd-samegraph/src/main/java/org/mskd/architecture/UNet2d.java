package org.mskd.architecture;

import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.Network;

/**
 * The layers of the 2-D U-Net (Ronneberger et al., MICCAI 2015) with nnU-Net's blocks. Channels
 * double with each downsampling. A decoder block's input are the channels of the skip connection,
 * then those of the up-sampled lower level.
 *
 * @param network base channels, depth and normalisation
 * @param inputChannels of the image
 * @param outputs of the head: background and the organs
 */
public record UNet2d(Network network, int inputChannels, int outputs) implements Architecture {
  /** The name in model cards. */
  public static final String NAME = "unet-2d";

  /** Input channels of a network that sees one CT slice at a time. */
  public static final int SINGLE_SLICE = 1;

  public UNet2d {
    if (network == null) {
      throw new IllegalArgumentException("network is missing");
    }
    if (inputChannels < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "inputChannels is " + inputChannels + " and outputs is " + outputs + "; both need 1");
    }
  }

  /** A network that sees one CT slice at a time. */
  public static UNet2d singleSlice(Network network, int outputs) {
    return new UNet2d(network, SINGLE_SLICE, outputs);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Channels after {@code level} downsamplings. */
  public int channels(int level) {
    return network.baseChannels() << level;
  }

  /** The block after {@code level} downsamplings, 0 .. depth. */
  public ConvolutionBlock encoder(int level) {
    int in = level == 0 ? inputChannels : channels(level - 1);
    return new ConvolutionBlock("encoder." + level, in, channels(level));
  }

  /** The block of the same size on the way up, depth-1 .. 0. */
  public ConvolutionBlock decoder(int level) {
    return new ConvolutionBlock(
        "decoder." + level, channels(level) + channels(level + 1), channels(level));
  }

  /** The 1x1 convolution that computes the logits. */
  public ConvolutionLayer head() {
    return new ConvolutionLayer("head", 1, channels(0), outputs);
  }

  @Override
  public List<ParameterShape> parameters() {
    List<ParameterShape> shapes = new ArrayList<>();
    for (int level = 0; level <= network.depth(); level++) {
      shapes.addAll(encoder(level).parameters(network.normalization()));
    }
    for (int level = network.depth() - 1; level >= 0; level--) {
      shapes.addAll(decoder(level).parameters(network.normalization()));
    }
    shapes.addAll(head().parameters());
    return shapes;
  }
}
