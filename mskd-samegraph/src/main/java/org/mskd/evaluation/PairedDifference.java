package org.mskd.evaluation;

import java.util.Locale;
import java.util.Optional;

/**
 * How far one model's metric lies above another's, paired by case: how the models differ, without
 * how the cases differ.
 *
 * @param model the model's mean over the cases that have a value of both models, or over the organs
 *     the mean of these means
 * @param other that of the other model
 * @param mean the difference of the two
 * @param pairs how many cases have a value of both
 * @param interval 95 % bootstrap interval over the cases; empty for fewer than two
 * @param test of the differences against 0
 */
public record PairedDifference(
    double model,
    double other,
    double mean,
    int pairs,
    Optional<Interval> interval,
    SignedRank test) {
  /**
   * Dice, as the mean over the organs.
   *
   * @param seed the experiment's, for the interval
   * @return empty where no case has a Dice of both
   */
  public static Optional<PairedDifference> of(ModelScore model, ModelScore other, long seed) {
    return PairedDifferences.of(model, other, Metric.DICE).mean(seed);
  }

  /** {@code +0.012 [-0.010, 0.034]}. */
  public String text() {
    return meanText()
        + interval
            .map(
                some ->
                    String.format(
                        Locale.ROOT, " [%.3f, %.3f]", shown(some.low()), shown(some.high())))
            .orElse("");
  }

  /** {@code +0.012}. */
  String meanText() {
    return String.format(Locale.ROOT, "%+.3f", shown(mean));
  }

  /** 0 where a small negative number would be shown as -0.000. */
  private static double shown(double value) {
    return Math.abs(value) < 0.0005 ? 0 : value;
  }
}
