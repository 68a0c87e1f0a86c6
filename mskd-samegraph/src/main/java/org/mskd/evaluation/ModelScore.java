package org.mskd.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One model on a test set.
 *
 * @param name {@code teachers}, {@code mskd}, ...
 * @param cost what a prediction costs
 * @param organs by name, sorted
 * @param mean all organs together; summaries are empty where no organ has a value
 * @param cases each case and organ, in the order they were scored
 */
public record ModelScore(
    String name,
    ModelCost cost,
    SortedMap<String, OrganScore> organs,
    OrganScore mean,
    List<CaseScore> cases) {
  public ModelScore {
    Objects.requireNonNull(name);
    Objects.requireNonNull(cost);
    Objects.requireNonNull(mean);
    organs = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, OrganScore>) organs));
    cases = List.copyOf(cases);
  }

  /**
   * Summarises the scores of all cases.
   *
   * @param seed the experiment's, for the intervals
   * @throws IllegalArgumentException if an organ of a case has two scores
   */
  public static ModelScore of(String name, ModelCost cost, List<CaseScore> cases, long seed) {
    CaseTable table = new CaseTable(cases, new Bootstrap(seed));
    return new ModelScore(name, cost, table.organs(), table.mean(), cases);
  }

  /** A copy with the cases in another order, or under other names. */
  public ModelScore withCases(List<CaseScore> others) {
    return new ModelScore(name, cost, organs, mean, others);
  }

  /** Mean over the organs of their mean Dice; empty where no organ has one. */
  public OptionalDouble meanDice() {
    return mean.of(Metric.DICE).mean();
  }
}
