package org.mskd.method;

import java.util.List;
import org.mskd.loss.LossTerm;
import org.mskd.loss.MarginalCrossEntropy;

/**
 * {@link MarginalCrossEntropy} on what each slice's data set annotates.
 *
 * @param weight above 0
 */
record MarginalCrossEntropyObjective(double weight) implements Objective {
  @Override
  public LossTerms add(ObjectiveGraph graph) {
    MarginalCrossEntropy loss =
        MarginalCrossEntropy.of(graph.graph(), graph.logits(), graph.labels(), graph.annotated());
    return new LossTerms(
        loss.total().mul(weight), List.of(new LossTerm("crossEntropy", loss.terms(), 0)));
  }
}
