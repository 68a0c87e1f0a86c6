package org.mskd.architecture;

import java.util.List;
import org.mskd.experiment.Network;

/**
 * A network's structure: what its parameters are called and how they are shaped, and how many
 * passes and heads predict all organs.
 */
public sealed interface Architecture permits UNet2d, ConditionalUNet2d, DynamicHeadUNet2d {
  /** The name in model cards, such as {@code unet-2d}. */
  String name();

  /** The sizes that a user declares. */
  Network network();

  /** Channels of the input image {@code [batch, height, width, inputChannels]}. */
  int inputChannels();

  /** K, the organs that it predicts. */
  int organs();

  /**
   * Channels of a pass's output {@code [batch, height, width, outputs]} in inference: background
   * and the organs or, where it {@link #isTaskSpecific}, a logit for each head.
   */
  int outputs();

  /** Forward passes per slice that predict all organs. */
  default int passes() {
    return 1;
  }

  /** Heads that run in each pass. */
  default int heads() {
    return 1;
  }

  /**
   * Whether the organ to segment is an input, its task, and the output the logit of that organ
   * against the rest. Then {@code passes * heads = K}: head h of pass p is organ {@code p * heads +
   * h}.
   */
  default boolean isTaskSpecific() {
    return false;
  }

  /** Encoder and decoder. */
  Trunk trunk();

  /** Every parameter, in the order in which the graph creates them. */
  List<ParameterShape> parameters();

  /** The number of values of all parameters. */
  default long parameterCount() {
    return parameters().stream().mapToLong(ParameterShape::count).sum();
  }

  /**
   * The architecture of a name.
   *
   * @param name as {@link #name}
   * @param organs K
   * @throws IllegalArgumentException if no architecture has the name, or a number is below 1
   */
  static Architecture of(String name, Network network, int inputChannels, int organs) {
    requireOrgans(organs);
    return switch (String.valueOf(name)) {
      case UNet2d.NAME -> new UNet2d(network, inputChannels, organs + 1);
      case ConditionalUNet2d.NAME -> new ConditionalUNet2d(network, inputChannels, organs);
      case DynamicHeadUNet2d.NAME -> new DynamicHeadUNet2d(network, inputChannels, organs);
      default ->
          throw new IllegalArgumentException(
              "architecture is '%s'; known architectures: %s, %s, %s"
                  .formatted(name, UNet2d.NAME, ConditionalUNet2d.NAME, DynamicHeadUNet2d.NAME));
    };
  }

  /**
   * @throws IllegalArgumentException if there is none
   */
  static void requireOrgans(int organs) {
    if (organs < 1) {
      throw new IllegalArgumentException("organs is " + organs + "; it needs 1");
    }
  }
}
