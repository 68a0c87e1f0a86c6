package org.mskd.architecture;

import java.util.List;
import org.mskd.experiment.Network;

/**
 * The 2-D U-Net: {@link Trunk}, then a 1x1 convolution that computes the logits of all classes.
 *
 * @param network base channels, depth and normalisation
 * @param inputChannels of the image
 * @param outputs of the head: background and the organs
 */
public record UNet2d(Network network, int inputChannels, int outputs) implements Architecture {
  /** The name in model cards. */
  public static final String NAME = "unet-2d";

  public UNet2d {
    if (network == null) {
      throw new IllegalArgumentException("network is missing");
    }
    if (inputChannels < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "inputChannels is " + inputChannels + " and outputs is " + outputs + "; both need 1");
    }
  }

  /** A network whose input is a slice and the network's neighbours. */
  public static UNet2d of(Network network, int outputs) {
    return new UNet2d(network, network.inputChannels(), outputs);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int organs() {
    return outputs - 1;
  }

  @Override
  public Trunk trunk() {
    return new Trunk(network, inputChannels);
  }

  /** Channels after {@code level} downsamplings. */
  public int channels(int level) {
    return trunk().channels(level);
  }

  /** The block after {@code level} downsamplings, 0 .. depth. */
  public ConvolutionBlock encoder(int level) {
    return trunk().encoder(level);
  }

  /** The block of the same size on the way up, depth-1 .. 0. */
  public ConvolutionBlock decoder(int level) {
    return trunk().decoder(level);
  }

  /** The 1x1 convolution that computes the logits. */
  public ConvolutionLayer head() {
    return new ConvolutionLayer("head", 1, channels(0), outputs);
  }

  @Override
  public List<ParameterShape> parameters() {
    List<ParameterShape> shapes = trunk().parameters();
    shapes.addAll(head().parameters());
    return shapes;
  }
}
