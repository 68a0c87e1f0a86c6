package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mskd.loss.LossTerm;
import org.mskd.loss.OrganBinaryLoss;
import org.mskd.loss.OrganDiceLoss;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@link OrganBinaryLoss}, and {@link OrganDiceLoss} times a weight, on classes that the batch
 * carries.
 *
 * @param classes name of the tensor of classes, {@code [batch, size, size]}
 * @param rows name of the tensor of each pixel's row of the weights, {@code [batch, size, size]}
 * @param weights name of the tensor of weights, {@code [batch, K]}
 * @param diceWeight 0 for no Dice
 * @param groups names of the groups of slots
 */
record OrganBinaryObjective(
    String classes, String rows, String weights, double diceWeight, List<String> groups)
    implements Objective {
  OrganBinaryObjective {
    groups = List.copyOf(groups);
  }

  @Override
  public LossTerms add(ObjectiveGraph graph) {
    TrainingContext context = graph.context();
    SDVariable perOrgan =
        graph.input(weights, DataType.FLOAT, context.batch(), context.organs().size());
    OrganBinaryLoss binary =
        OrganBinaryLoss.of(
            graph.graph(),
            graph.logits(),
            graph.classes(classes),
            graph.classes(rows),
            perOrgan,
            groups.size());
    List<LossTerm> terms = new ArrayList<>(named("", binary.terms()));
    if (diceWeight == 0) {
      return new LossTerms(binary.total(), terms);
    }
    OrganDiceLoss dice =
        OrganDiceLoss.of(
            graph.graph(),
            graph.logits(),
            graph.classes(classes),
            graph.classes(rows),
            perOrgan,
            groups.size());
    terms.addAll(named(".diceLoss", dice.terms()));
    return new LossTerms(binary.total().add(dice.total().mul(diceWeight)), terms);
  }

  private List<LossTerm> named(String suffix, SDVariable terms) {
    return IntStream.range(0, groups.size())
        .mapToObj(i -> new LossTerm(groups.get(i) + suffix, terms, i))
        .toList();
  }
}
