package org.mskd.method;

import org.mskd.loss.OwnPseudoLabelLoss;

/** {@link OwnPseudoLabelLoss} on labels that the network's own prediction completes. */
record OwnPseudoLabelObjective() implements Objective {
  @Override
  public LossTerms add(ObjectiveGraph graph) {
    OwnPseudoLabelLoss loss =
        OwnPseudoLabelLoss.of(graph.graph(), graph.logits(), graph.labels(), graph.annotated());
    return new LossTerms(loss.total(), loss.named());
  }
}
