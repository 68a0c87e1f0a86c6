package org.mskd.method;

import java.util.List;
import org.mskd.loss.FocalDiceLoss;
import org.mskd.loss.LossTerm;

/**
 * {@link FocalDiceLoss} on classes that the batch carries.
 *
 * @param classes name of the batch's tensor {@code [batch, size, size]}
 * @param gamma focusing parameter γ
 * @param diceWeight weight of 1 - Dice; that of the focal loss is 1
 */
record FocalDiceObjective(String classes, double gamma, double diceWeight) implements Objective {
  @Override
  public LossTerms add(ObjectiveGraph graph) {
    FocalDiceLoss loss =
        FocalDiceLoss.of(graph.graph(), graph.logits(), graph.classes(classes), gamma, diceWeight);
    return new LossTerms(
        loss.total(),
        List.of(new LossTerm("focal", loss.terms(), 0), new LossTerm("diceLoss", loss.terms(), 1)));
  }
}
