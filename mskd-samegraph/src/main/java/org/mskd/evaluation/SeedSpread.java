package org.mskd.evaluation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One metric of one organ over several seeds.
 *
 * @param values the mean over the cases, for each seed; empty where no case has a value
 */
public record SeedSpread(List<OptionalDouble> values) {
  public SeedSpread {
    values = List.copyOf(values);
  }

  private double[] defined() {
    return values.stream().flatMapToDouble(OptionalDouble::stream).toArray();
  }

  /** The mean over the seeds that have a value. */
  public OptionalDouble mean() {
    return Statistics.mean(defined());
  }

  /** The sample standard deviation over the seeds; empty for fewer than two values. */
  public OptionalDouble sd() {
    return Statistics.standardDeviation(defined());
  }
}
