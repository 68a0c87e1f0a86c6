package org.mskd.architecture;

import java.util.List;
import org.mskd.experiment.Network;

/** A network's structure: what its parameters are called and how they are shaped. */
public sealed interface Architecture permits UNet2d {
  /** The name in model cards, such as {@code unet-2d}. */
  String name();

  /** The sizes that a user declares. */
  Network network();

  /** Channels of the input image {@code [batch, height, width, inputChannels]}. */
  int inputChannels();

  /** Channels of the output {@code [batch, height, width, outputs]}: background and the organs. */
  int outputs();

  /** Every parameter, in the order in which the graph creates them. */
  List<ParameterShape> parameters();

  /**
   * The architecture of a name.
   *
   * @param name as {@link #name}
   * @throws IllegalArgumentException if no architecture has the name, or a number is below 1
   */
  static Architecture of(String name, Network network, int inputChannels, int outputs) {
    if (!UNet2d.NAME.equals(name)) {
      throw new IllegalArgumentException(
          "architecture is '" + name + "'; known architectures: " + UNet2d.NAME);
    }
    return new UNet2d(network, inputChannels, outputs);
  }
}
