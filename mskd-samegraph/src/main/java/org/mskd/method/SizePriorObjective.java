package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import org.mskd.loss.LossTerm;
import org.mskd.loss.SizePriorLoss;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@link SizePriorLoss} with the sizes of the context, over the slots that are not forced to
 * contain an organ: forced ones would make every organ look larger than it is in the data.
 */
record SizePriorObjective() implements Objective {
  /** Name of the batch's tensor of the running mean before the step, {@code [K+1]}. */
  static final String MEAN = "sizePrior.mean";

  /** Name of the batch's tensor of the batch's weight in the running mean, {@code [1]}. */
  static final String RATE = "sizePrior.rate";

  /** The names of the terms that are the running mean after the step, in the order of classes. */
  static List<String> shareTerms(TrainingContext context) {
    List<String> names = new ArrayList<>(List.of("share.background"));
    context.organs().forEach(organ -> names.add("share." + organ));
    return names;
  }

  /**
   * @throws IllegalArgumentException if the context has not one share per organ
   */
  @Override
  public LossTerms add(ObjectiveGraph graph) {
    TrainingContext context = graph.context();
    if (context.organShares().size() != context.organs().size()) {
      throw new IllegalArgumentException(
          "shares %s of organs %s".formatted(context.organShares(), context.organs()));
    }
    SizePriorLoss loss =
        SizePriorLoss.of(
            graph.graph(),
            graph.logits(),
            graph.input(MEAN, DataType.FLOAT, context.outputs()),
            graph.input(RATE, DataType.FLOAT, 1),
            shares(context.organShares()),
            context.batch() - context.forcedSlots());
    List<LossTerm> terms = new ArrayList<>(List.of(new LossTerm("prior", loss.terms(), 0)));
    for (String name : shareTerms(context)) {
      terms.add(new LossTerm(name, loss.terms(), terms.size()));
    }
    return new LossTerms(loss.total(), terms);
  }

  /** Of the background and the organs. */
  private static List<Double> shares(List<Double> organs) {
    List<Double> shares = new ArrayList<>();
    // Rounding may leave a little less than 0.
    shares.add(Math.max(0, 1 - organs.stream().mapToDouble(Double::doubleValue).sum()));
    shares.addAll(organs);
    return shares;
  }
}
