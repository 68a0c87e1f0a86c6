package org.mskd.method;

import java.util.List;
import org.mskd.loss.LossTerm;
import org.mskd.loss.TaskLoss;

/** {@link TaskLoss} on the organ that each slot is trained for. */
record TaskObjective() implements Objective {
  @Override
  public LossTerms add(ObjectiveGraph graph) {
    TaskLoss loss = TaskLoss.of(graph.graph(), graph.logits(), graph.labels(), graph.tasks());
    return new LossTerms(
        loss.total(),
        List.of(
            new LossTerm("crossEntropy", loss.terms(), 0),
            new LossTerm("diceLoss", loss.terms(), 1)));
  }
}
