package org.mskd.evaluation;

import java.util.Collection;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * One metric over the cases for which it is defined.
 *
 * @param mean empty where it is defined for none
 * @param sd sample standard deviation (n - 1); empty for fewer than two
 */
public record Summary(OptionalDouble mean, OptionalDouble sd) {
  public Summary {
    Objects.requireNonNull(mean);
    Objects.requireNonNull(sd);
  }

  static Summary of(Collection<CaseScore> cases, Function<CaseScore, OptionalDouble> metric) {
    double[] values = cases.stream().map(metric).flatMapToDouble(OptionalDouble::stream).toArray();
    return new Summary(Statistics.mean(values), Statistics.standardDeviation(values));
  }
}
