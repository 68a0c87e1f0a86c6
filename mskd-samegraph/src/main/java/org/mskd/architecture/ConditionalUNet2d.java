package org.mskd.architecture;

import java.util.List;
import org.mskd.experiment.Network;

/**
 * A U-Net that segments one organ per pass. The organ's code is an input of the decoder (Dmitriev
 * and Kaufman, <i>Learning multi-class segmentations from single-class datasets</i>, CVPR 2019).
 * The output is one logit of the organ.
 *
 * <p>A map that holds the code everywhere is a further input channel of each decoder block. As
 * convolution is linear, the map's part of the first convolution is a summand of its own, and as
 * the map is constant, beyond the border too, that summand is the code times a weight a channel:
 * {@link #code}. It is added after the block's first normalisation, if any: an instance
 * normalisation subtracts the mean of each channel, so that it would remove the summand, and the
 * output would not depend on the code. Without normalisation this is the convolution of the
 * concatenation. All other parameters but the head's have names and shapes of {@link UNet2d}, so
 * that they start from equal values.
 *
 * @param network base channels, depth and normalisation
 * @param inputChannels of the image
 * @param organs K, at least 1
 */
public record ConditionalUNet2d(Network network, int inputChannels, int organs)
    implements Architecture {
  /** The name in model cards. */
  public static final String NAME = "unet-2d-conditional";

  public ConditionalUNet2d {
    Architecture.requireOrgans(organs);
    new Trunk(network, inputChannels);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public int passes() {
    return organs;
  }

  @Override
  public boolean isTaskSpecific() {
    return true;
  }

  @Override
  public Trunk trunk() {
    return new Trunk(network, inputChannels);
  }

  /**
   * The code of organ {@code k} = 0 .. K-1: equally spaced from -1 to 1 in the organs' order; 0 for
   * a single organ.
   */
  public float codeOf(int k) {
    return organs == 1 ? 0 : (2f * k - (organs - 1)) / (organs - 1);
  }

  /** The weights of the code's map in a decoder block, {@code [out]}. */
  public ParameterShape code(int level) {
    return new ParameterShape("decoder." + level + ".code.weight", trunk().channels(level));
  }

  /** The 1x1 convolution that computes the organ's logit. */
  public ConvolutionLayer head() {
    return new ConvolutionLayer("head", 1, trunk().channels(0), 1);
  }

  @Override
  public List<ParameterShape> parameters() {
    List<ParameterShape> shapes = trunk().encoderParameters();
    for (int level = network.depth() - 1; level >= 0; level--) {
      shapes.add(code(level));
      shapes.addAll(trunk().decoderParameters(level));
    }
    shapes.addAll(head().parameters());
    return shapes;
  }
}
