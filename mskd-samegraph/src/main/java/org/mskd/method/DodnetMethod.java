package org.mskd.method;

import org.mskd.architecture.Architecture;
import org.mskd.architecture.DynamicHeadUNet2d;
import org.mskd.experiment.Network;

/**
 * DoDNet (Zhang et al., CVPR 2021): one trunk, whose head is generated for each slice and organ
 * ({@link DynamicHeadUNet2d}). A slice is trained for the organ that its data set annotates, by
 * binary cross-entropy and Dice ({@link org.mskd.loss.TaskLoss}); prediction runs K heads on one
 * pass of the trunk.
 *
 * <p>The head has one output and a sigmoid, 153 parameters, as in the paper's text; the code that
 * the authors released has two outputs for organ and tumour, 162 parameters. Their 3-D trunk is
 * replaced by the 2-D U-Net of all methods. Its bottleneck and its last block end in normalisation
 * and activation, so that none is added before pooling and before the convolution to 8 channels.
 * Dice is that of all methods here: over the batch, smoothed by 1e-5 (in the authors' code over
 * each image, with 1 in the denominator).
 */
public final class DodnetMethod extends TaskMethod {
  @Override
  public String id() {
    return "dodnet";
  }

  @Override
  public String description() {
    return "one U-Net, a head generated for each slice and organ (Zhang et al. 2021)";
  }

  @Override
  public Architecture architecture(Network network, int organs) {
    return new DynamicHeadUNet2d(network, network.inputChannels(), organs);
  }
}
