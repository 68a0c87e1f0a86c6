package org.mskd.loss;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A network's outputs that the loss uses.
 *
 * @param logits {@code [batch, height, width, outputs]}
 * @param features the outputs of the blocks to be compared, before any softmax, in the order of
 *     their levels l: {@code [batch, height/2^l, width/2^l, C]}; empty where none are
 */
public record NetworkOutputs(SDVariable logits, List<SDVariable> features) {
  public NetworkOutputs {
    features = List.copyOf(features);
  }
}
