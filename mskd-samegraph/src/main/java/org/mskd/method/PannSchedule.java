package org.mskd.method;

import java.util.Map;
import java.util.TreeMap;

/**
 * The weights of PaNN's terms during a training.
 *
 * @param warmUp the first iterations, with the marginal loss alone
 * @param pseudoLabelWeight λ1, afterwards
 * @param priorWeight λ2, afterwards; 0: there is no prior term
 * @param momentum of the running mean of predictions
 */
record PannSchedule(int warmUp, double pseudoLabelWeight, double priorWeight, double momentum) {
  /** Name of the tensor {@code [1]} that holds the marginal loss's weight. */
  static final String LABELS = "pann.labels";

  /** Name of the tensor {@code [1]} that holds the weight of the loss on pseudo-labels. */
  static final String PSEUDO_LABELS = "pann.pseudoLabels";

  /** Name of the tensor {@code [1]} that holds the prior term's weight. */
  static final String PRIOR = "pann.prior";

  boolean hasPrior() {
    return priorWeight > 0;
  }

  /** The values of the tensors in an iteration. */
  Map<String, Double> at(int iteration) {
    boolean warmingUp = iteration < warmUp;
    Map<String, Double> values = new TreeMap<>();
    values.put(LABELS, warmingUp ? 1.0 : 0.0);
    values.put(PSEUDO_LABELS, warmingUp ? 0 : pseudoLabelWeight);
    if (hasPrior()) {
      values.put(PRIOR, warmingUp ? 0 : priorWeight);
      values.put(SizePriorObjective.RATE, rate(iteration));
    }
    return values;
  }

  /**
   * The weight of an iteration's batch in the running mean: of an exponential moving average
   * without the bias of its beginning (as Adam's), so that the first mean is the first batch's.
   */
  private double rate(int iteration) {
    return momentum == 0
        ? 1
        : (1 - momentum) / (1 - StrictMath.pow(momentum, (double) iteration + 1));
  }
}
