package org.mskd.evaluation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The scores of one model arranged by organ and case, so that cases can be resampled together. */
final class CaseTable {
  private final List<CaseScore> scores;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Bootstrap bootstrap;
  private final SortedMap<String, List<CaseScore>> byOrgan = new TreeMap<>();

  /**
   * @throws IllegalArgumentException if an organ of a case has two scores
   */
  CaseTable(List<CaseScore> scores, Bootstrap bootstrap) {
    this.scores = scores;
    this.bootstrap = bootstrap;
    scores.forEach(score -> positions.putIfAbsent(score.id(), positions.size()));
    for (String organ : scores.stream().map(CaseScore::organ).distinct().toList()) {
      List<CaseScore> own = scores.stream().filter(one -> one.organ().equals(organ)).toList();
      Set<String> once = new HashSet<>();
      for (CaseScore score : own) {
        if (!once.add(score.id())) {
          throw new IllegalArgumentException(organ + " of " + score.id() + " has two scores");
        }
      }
      byOrgan.put(organ, own);
    }
  }

  SortedMap<String, OrganScore> organs() {
    SortedMap<String, OrganScore> organs = new TreeMap<>();
    byOrgan.forEach(
        (organ, own) ->
            organs.put(
                organ,
                OrganScore.of(
                    own, each(metric -> Summary.overCases(values(own, metric), bootstrap)))));
    return organs;
  }

  OrganScore mean() {
    return OrganScore.of(
        scores,
        each(
            metric ->
                Summary.overOrgans(
                    byOrgan.values().stream().map(own -> values(own, metric)).toList(),
                    bootstrap)));
  }

  private static Map<Metric, Summary> each(Function<Metric, Summary> summary) {
    Map<Metric, Summary> summaries = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      summaries.put(metric, summary.apply(metric));
    }
    return summaries;
  }

  /** The value of each case of the test set; NaN where it is undefined. */
  private double[] values(List<CaseScore> own, Metric metric) {
    double[] values = new double[positions.size()];
    Arrays.fill(values, Double.NaN);
    for (CaseScore score : own) {
      metric.of(score).ifPresent(value -> values[positions.get(score.id())] = value);
    }
    return values;
  }
}
