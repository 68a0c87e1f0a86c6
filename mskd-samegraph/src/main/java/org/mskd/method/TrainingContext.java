package org.mskd.method;

import java.util.List;
import org.mskd.experiment.Network;
import org.mskd.graph.WeightInit;

/**
 * The network and the batches that a trainer is built for.
 *
 * @param network the U-Net
 * @param organs the organs of channels 1..K
 * @param batch slices per batch
 * @param size side of the network's input, pixels
 * @param init gives the initial weights
 */
public record TrainingContext(
    Network network, List<String> organs, int batch, int size, WeightInit init) {
  public TrainingContext {
    organs = List.copyOf(organs);
  }

  /** Output channels: background and the organs. */
  public int outputs() {
    return organs.size() + 1;
  }
}
