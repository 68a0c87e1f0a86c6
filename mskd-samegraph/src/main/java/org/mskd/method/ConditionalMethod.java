package org.mskd.method;

import org.mskd.architecture.Architecture;
import org.mskd.architecture.ConditionalUNet2d;
import org.mskd.experiment.Network;

/**
 * A network whose decoder has the organ to segment as an input, a constant map (Dmitriev and
 * Kaufman, CVPR 2019; {@link ConditionalUNet2d}). A slice is trained for the organ that its data
 * set annotates, by binary cross-entropy and Dice ({@link org.mskd.loss.TaskLoss}); prediction
 * takes a pass for each organ.
 *
 * <p>The paper leaves the values of the map to a table; here they are equally spaced from -1 to 1.
 * Its 3-D network with dense blocks is replaced by the 2-D U-Net of all methods. That normalises
 * each image's channels after a convolution, which would remove a constant map, so that the map
 * enters after the first normalisation of each decoder block. The loss is that of the other methods
 * on labels, so that methods differ in one thing.
 */
public final class ConditionalMethod extends TaskMethod {
  @Override
  public String id() {
    return "conditional";
  }

  @Override
  public String description() {
    return "one U-Net, with the organ's code as an input of its decoder (Dmitriev and Kaufman"
        + " 2019)";
  }

  @Override
  public Architecture architecture(Network network, int organs) {
    return new ConditionalUNet2d(network, network.inputChannels(), organs);
  }
}
