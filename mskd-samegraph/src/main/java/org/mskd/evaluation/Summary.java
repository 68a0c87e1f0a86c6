package org.mskd.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One metric over the cases for which it is defined, or over the organs that have a mean.
 *
 * @param mean empty where it is defined for none
 * @param sd sample standard deviation over the cases (n - 1); empty for fewer than two, and for a
 *     mean over organs
 * @param n how many cases, or organs, the mean is over
 * @param interval 95 % bootstrap interval of the mean; empty for fewer than two cases
 */
public record Summary(OptionalDouble mean, OptionalDouble sd, int n, Optional<Interval> interval) {
  /**
   * @throws IllegalArgumentException if there is a mean of nothing, or none of something
   */
  public Summary {
    Objects.requireNonNull(sd);
    Objects.requireNonNull(interval);
    if (mean.isPresent() != n > 0) {
      throw new IllegalArgumentException("a mean of " + n + " values");
    }
  }

  /**
   * Summarises the values of the cases.
   *
   * @param values of each case, NaN where it is undefined
   */
  static Summary overCases(double[] values, Bootstrap bootstrap) {
    double[] defined = defined(values);
    return new Summary(
        Statistics.mean(defined),
        Statistics.standardDeviation(defined),
        defined.length,
        bootstrap.ofMean(List.of(values)));
  }

  /**
   * Summarises organs.
   *
   * @param organs for each the value of each case, NaN where it is undefined
   */
  static Summary overOrgans(List<double[]> organs, Bootstrap bootstrap) {
    double[] means =
        organs.stream().flatMapToDouble(of -> Statistics.mean(defined(of)).stream()).toArray();
    return new Summary(
        Statistics.mean(means), OptionalDouble.empty(), means.length, bootstrap.ofMean(organs));
  }

  private static double[] defined(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }
}
