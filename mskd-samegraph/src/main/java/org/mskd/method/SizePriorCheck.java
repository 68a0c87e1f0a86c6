package org.mskd.method;

import java.util.List;
import org.mskd.experiment.Experiment;
import org.mskd.problem.BadInputException;

/**
 * Whether an experiment has the sizes of the organs that a method requires, and slices to compare
 * them with.
 *
 * @param method the student's name
 */
record SizePriorCheck(Experiment experiment, String method) {
  /**
   * @throws BadInputException naming the method and what it lacks
   */
  void check(SizePrior prior) {
    if (prior.isMeasured()) {
      requireMeasurable();
    } else {
      requireShares(prior.given());
    }
    requireFreeSlots();
  }

  private void requireMeasurable() {
    if (experiment.annotatingAll().isEmpty()) {
      throw new BadInputException(
          "Method %s needs the sizes of all organs (%s), but no <dataset> annotates them all."
              .formatted(method, String.join(", ", experiment.organs())),
          "Give each organ's share of the pixels of a slice as <sizePrior>, add a <dataset> with"
              + " a <name>, a <directory> and <labels> that give each organ's value, or leave the"
              + " method out.");
    }
  }

  private void requireShares(List<Double> shares) {
    List<String> organs = experiment.organs();
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    if (shares.size() != organs.size() || sum > 1 + 1e-9) {
      throw new BadInputException(
          shares.size() == organs.size()
              ? "The shares of <sizePrior> of method %s add up to %s, more than 1."
                  .formatted(method, sum)
              : "<sizePrior> of method %s has %d shares for %d organs."
                  .formatted(method, shares.size(), organs.size()),
          "Give one share of the pixels of a slice for each of %s, in this order, such as 0.03 for 3"
                  .formatted(String.join(", ", organs))
              + " %.");
    }
  }

  /** Forced slots would make the organs look larger. */
  private void requireFreeSlots() {
    if (experiment.training().forcedSlots() == experiment.training().batchSize()) {
      throw new BadInputException(
          "Method %s compares the organs' sizes in slices that are sampled as they are, but"
                  .formatted(method)
              + " <annotatedFraction> forces every slice of a batch to contain an organ.",
          "Lower <annotatedFraction>, raise <batchSize>, or leave the method out.");
    }
  }
}
