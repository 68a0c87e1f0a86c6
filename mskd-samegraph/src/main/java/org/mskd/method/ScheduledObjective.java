package org.mskd.method;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * An objective whose weight changes during the training.
 *
 * @param weight name of the batch's tensor {@code [1]} that holds it
 */
record ScheduledObjective(String weight, Objective objective) implements Objective {
  @Override
  public LossTerms add(ObjectiveGraph graph) {
    LossTerms terms = objective.add(graph);
    SDVariable factor = graph.input(weight, DataType.FLOAT, 1);
    return new LossTerms(terms.total().reshape(1).mul(factor).sum(), terms.terms());
  }
}
