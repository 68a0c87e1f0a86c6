package org.mskd.method;

import java.util.List;
import org.mskd.loss.LossTerm;
import org.mskd.loss.SoftTargetLoss;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Divergence from another network's probabilities, in some regions. Its inputs are tensors of the
 * batch, so that no gradient flows into that network.
 *
 * @param regions name of the pixels' weights {@code [batch, size, size]}
 * @param weight of the term, at least 0; the batch's {@link #RAMP_UP} multiplies it
 */
record PeerObjective(String regions, double weight) implements Objective {
  /** Name of the other network's probabilities, {@code [batch, size, size, K+1]}. */
  static final String PROBABILITIES = "peerProbabilities";

  /** Name of the factor of the weight, {@code [1]}. */
  static final String RAMP_UP = "peerRampUp";

  @Override
  public LossTerms add(ObjectiveGraph graph) {
    TrainingContext context = graph.context();
    SDVariable targets =
        graph.input(
            PROBABILITIES,
            DataType.FLOAT,
            context.batch(),
            context.size(),
            context.size(),
            context.outputs());
    SDVariable rampUp = graph.input(RAMP_UP, DataType.FLOAT, 1).sum();
    SoftTargetLoss loss =
        SoftTargetLoss.of(graph.graph(), graph.logits(), targets, graph.classes(regions), 1);
    return new LossTerms(
        loss.total().mul(rampUp).mul(weight), List.of(new LossTerm("peer", loss.terms(), 0)));
  }
}
