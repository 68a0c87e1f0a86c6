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
 * @param mixed whether pixels of a slot may be of another slot's slice ({@link CutMix})
 */
public record MarginalObjective(String prefix, double weight, boolean mixed) implements Objective {
  /** Of slices that are not mixed. */
  public MarginalObjective(String prefix, double weight) {
    this(prefix, weight, false);
  }

  /** The same on batches of {@link CutMix}. */
  MarginalObjective ofMixed() {
    return new MarginalObjective(prefix, weight, true);
  }

  @Override
  public LossTerms add(ObjectiveGraph graph) {
    MarginalLoss loss =
        mixed
            ? MarginalLoss.ofMixed(
                graph.graph(),
                graph.logits(),
                graph.labels(),
                graph.annotated(),
                graph.classes(CutMix.OWNERS))
            : MarginalLoss.of(graph.graph(), graph.logits(), graph.labels(), graph.annotated());
    SDVariable total = weight == 1 ? loss.total() : loss.total().mul(weight);
    return new LossTerms(
        total,
        List.of(
            new LossTerm(prefix + "crossEntropy", loss.terms(), 0),
            new LossTerm(prefix + "diceLoss", loss.terms(), 1)));
  }
}
