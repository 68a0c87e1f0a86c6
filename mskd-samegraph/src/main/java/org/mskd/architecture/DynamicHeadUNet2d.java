package org.mskd.architecture;

import java.util.List;
import org.mskd.experiment.Network;

/**
 * A U-Net whose head is generated for each slice and organ (DoDNet: Zhang et al., <i>Learning to
 * segment multi-organ and tumors from multiple partially labeled datasets</i>, CVPR 2021).
 *
 * <p>The trunk ends in a 1x1 convolution to {@value #FEATURES} channels, after the normalisation
 * and activation of its last block. The head is three 1x1 convolutions {@value #FEATURES}-{@value
 * #FEATURES}-{@value #FEATURES}-1 with ReLU between; its output is the organ's logit. Its {@value
 * #HEAD_PARAMETERS} parameters are a linear map, the controller, of the bottleneck's features,
 * averaged over the image, and the organ as a one-hot vector of length K.
 *
 * @param network base channels, depth and normalisation
 * @param inputChannels of the image
 * @param organs K, at least 1: as many heads run on one pass of the trunk
 */
public record DynamicHeadUNet2d(Network network, int inputChannels, int organs)
    implements Architecture {
  /** The name in model cards. */
  public static final String NAME = "unet-2d-dynamic-head";

  /** Channels of the head's input and of its hidden layers. */
  public static final int FEATURES = 8;

  /** Weights and biases of the three layers: 64 + 8, 64 + 8, 8 + 1. */
  public static final int HEAD_PARAMETERS = 2 * (FEATURES * FEATURES + FEATURES) + FEATURES + 1;

  public DynamicHeadUNet2d {
    Architecture.requireOrgans(organs);
    new Trunk(network, inputChannels);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int outputs() {
    return organs;
  }

  @Override
  public int heads() {
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

  /** The 1x1 convolution that ends the trunk. */
  public ConvolutionLayer reduction() {
    return new ConvolutionLayer("reduction", 1, trunk().channels(0), FEATURES);
  }

  /** The linear map that generates heads, as a 1x1 convolution. */
  public ConvolutionLayer controller() {
    return new ConvolutionLayer("controller", 1, trunk().deepest() + organs, HEAD_PARAMETERS);
  }

  @Override
  public List<ParameterShape> parameters() {
    List<ParameterShape> shapes = trunk().parameters();
    shapes.addAll(reduction().parameters());
    shapes.addAll(controller().parameters());
    return shapes;
  }
}
