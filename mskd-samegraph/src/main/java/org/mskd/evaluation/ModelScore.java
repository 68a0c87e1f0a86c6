package org.mskd.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One model on a test set.
 *
 * @param name {@code teachers}, {@code mskd}, ...
 * @param passes forward passes per slice
 * @param organs by name, sorted
 * @param meanDice mean over the organs of their mean Dice; empty where no organ has one
 * @param cases each case and organ, in the order they were scored
 */
public record ModelScore(
    String name,
    int passes,
    SortedMap<String, OrganScore> organs,
    OptionalDouble meanDice,
    List<CaseScore> cases) {
  public ModelScore {
    Objects.requireNonNull(name);
    Objects.requireNonNull(meanDice);
    organs = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, OrganScore>) organs));
    cases = List.copyOf(cases);
  }

  /** Summarises the scores of all cases. */
  public static ModelScore of(String name, int passes, List<CaseScore> cases) {
    Map<String, List<CaseScore>> byOrgan =
        cases.stream().collect(Collectors.groupingBy(CaseScore::organ));
    SortedMap<String, OrganScore> organs = new TreeMap<>();
    byOrgan.forEach((organ, scores) -> organs.put(organ, OrganScore.of(scores)));
    double[] means =
        organs.values().stream().flatMapToDouble(organ -> organ.dice().mean().stream()).toArray();
    return new ModelScore(name, passes, organs, Statistics.mean(means), cases);
  }
}
