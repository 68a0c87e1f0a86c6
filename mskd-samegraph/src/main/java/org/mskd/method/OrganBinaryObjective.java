package org.mskd.method;

import java.util.List;
import java.util.stream.IntStream;
import org.mskd.loss.LossTerm;
import org.mskd.loss.OrganBinaryLoss;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@link OrganBinaryLoss} on classes that the batch carries.
 *
 * @param classes name of the tensor of classes, {@code [batch, size, size]}
 * @param rows name of the tensor of each pixel's row of the weights, {@code [batch, size, size]}
 * @param weights name of the tensor of weights, {@code [batch, K]}
 * @param terms names of the terms of the groups of slots
 */
record OrganBinaryObjective(String classes, String rows, String weights, List<String> terms)
    implements Objective {
  OrganBinaryObjective {
    terms = List.copyOf(terms);
  }

  @Override
  public LossTerms add(ObjectiveGraph graph) {
    TrainingContext context = graph.context();
    SDVariable perOrgan =
        graph.input(weights, DataType.FLOAT, context.batch(), context.organs().size());
    OrganBinaryLoss loss =
        OrganBinaryLoss.of(
            graph.graph(),
            graph.logits(),
            graph.classes(classes),
            graph.classes(rows),
            perOrgan,
            terms.size());
    return new LossTerms(
        loss.total(),
        IntStream.range(0, terms.size())
            .mapToObj(i -> new LossTerm(terms.get(i), loss.terms(), i))
            .toList());
  }
}
