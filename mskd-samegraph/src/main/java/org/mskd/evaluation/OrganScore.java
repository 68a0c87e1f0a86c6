package org.mskd.evaluation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One organ over the cases of a test set, or all organs together. In the latter, counts and volumes
 * are sums over the organs, and each summary is that of the organs' means.
 *
 * @param cases how many cases have the organ in their reference
 * @param missed in how many of these nothing of it was predicted
 * @param falsePositiveCases in how many of the other cases it was predicted
 * @param falsePositiveMl how much was predicted in these, ml in all
 * @param summaries of every metric
 */
public record OrganScore(
    int cases,
    int missed,
    int falsePositiveCases,
    double falsePositiveMl,
    Map<Metric, Summary> summaries) {
  /**
   * @throws IllegalArgumentException if a metric has no summary, or more were missed than there are
   */
  public OrganScore {
    summaries = Collections.unmodifiableMap(new EnumMap<>(summaries));
    if (summaries.size() != Metric.values().length || missed > cases) {
      throw new IllegalArgumentException(
          missed + " of " + cases + " cases missed, summaries of " + summaries.keySet());
    }
  }

  /** The summary of a metric. */
  public Summary of(Metric metric) {
    return Objects.requireNonNull(summaries.get(metric));
  }

  static OrganScore of(List<CaseScore> cases, Map<Metric, Summary> summaries) {
    return new OrganScore(
        (int) cases.stream().filter(score -> score.dice().isPresent()).count(),
        (int) cases.stream().filter(CaseScore::missed).count(),
        (int) cases.stream().filter(CaseScore::falsePositive).count(),
        cases.stream().filter(CaseScore::falsePositive).mapToDouble(CaseScore::predictedMl).sum(),
        summaries);
  }
}
