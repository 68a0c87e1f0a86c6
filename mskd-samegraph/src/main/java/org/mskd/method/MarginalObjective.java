package org.mskd.method;

import java.util.List;
import org.mskd.loss.LossTerm;
import org.mskd.loss.MarginalLoss;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * {@link MarginalLoss} on what each slice's data set annotates.
 *
 * @param prefix of the terms' names
 * @param weight above 0
 */
public record MarginalObjective(String prefix, double weight) implements Objective {
  @Override
  public LossTerms add(ObjectiveGraph graph) {
    MarginalLoss loss =
        MarginalLoss.of(graph.graph(), graph.logits(), graph.labels(), graph.annotated());
    SDVariable total = weight == 1 ? loss.total() : loss.total().mul(weight);
    return new LossTerms(
        total,
        List.of(
            new LossTerm(prefix + "crossEntropy", loss.terms(), 0),
            new LossTerm(prefix + "diceLoss", loss.terms(), 1)));
  }
}
