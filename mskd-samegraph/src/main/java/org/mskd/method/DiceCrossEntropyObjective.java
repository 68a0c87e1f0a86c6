package org.mskd.method;

import java.util.List;
import org.mskd.loss.DiceCrossEntropyLoss;
import org.mskd.loss.LossTerm;
import org.mskd.training.TensorBatch;

/**
 * {@link DiceCrossEntropyLoss} on classes that the batch carries.
 *
 * @param classes name of the batch's tensor {@code [batch, size, size]}
 */
public record DiceCrossEntropyObjective(String classes) implements Objective {
  /** On the labels. */
  public static DiceCrossEntropyObjective ofLabels() {
    return new DiceCrossEntropyObjective(TensorBatch.LABEL);
  }

  @Override
  public LossTerms add(ObjectiveGraph graph) {
    DiceCrossEntropyLoss loss =
        DiceCrossEntropyLoss.of(graph.graph(), graph.logits(), graph.classes(classes));
    return new LossTerms(
        loss.total(),
        List.of(
            new LossTerm("crossEntropy", loss.terms(), 0),
            new LossTerm("diceLoss", loss.terms(), 1)));
  }
}
