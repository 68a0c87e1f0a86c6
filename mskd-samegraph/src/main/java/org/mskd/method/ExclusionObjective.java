package org.mskd.method;

import java.util.List;
import org.mskd.loss.ExclusionLoss;
import org.mskd.loss.LossTerm;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * {@link ExclusionLoss} on what each slice's data set does not annotate.
 *
 * @param weight above 0
 */
public record ExclusionObjective(double weight) implements Objective {
  @Override
  public LossTerms add(ObjectiveGraph graph) {
    ExclusionLoss loss =
        ExclusionLoss.of(graph.graph(), graph.logits(), graph.labels(), graph.annotated());
    SDVariable total = weight == 1 ? loss.total() : loss.total().mul(weight);
    return new LossTerms(
        total,
        List.of(
            new LossTerm("exclusion.crossEntropy", loss.terms(), 0),
            new LossTerm("exclusion.dice", loss.terms(), 1)));
  }
}
