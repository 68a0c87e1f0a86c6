package org.mskd.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;

/**
 * 95 % intervals of means by the percentile bootstrap over cases (Efron and Tibshirani, An
 * Introduction to the Bootstrap, 1993, chapter 13). The resamples depend on the seed and on the
 * number of cases alone: models with scores of the same cases are resampled alike, whatever their
 * order.
 */
final class Bootstrap {
  /** How often the cases are resampled. */
  static final int RESAMPLES = 2000;

  private static final double LOW_PERCENT = 2.5;
  private static final double HIGH_PERCENT = 97.5;

  private final long seed;

  /**
   * Resampling for one experiment.
   *
   * @param seed the experiment's seed
   */
  Bootstrap(long seed) {
    this.seed = SubSeeds.of(seed, "evaluation", "bootstrap");
  }

  /**
   * The interval of the mean over organs of the mean over cases. In a resample that has no case of
   * an organ, the mean is that over the other organs.
   *
   * @param organs for each organ the value of each case, NaN where it is undefined; all of one
   *     length
   * @return empty where fewer than two cases have a value of any organ
   */
  Optional<Interval> ofMean(List<double[]> organs) {
    int length = organs.isEmpty() ? 0 : organs.get(0).length;
    int[] cases =
        IntStream.range(0, length)
            .filter(i -> organs.stream().anyMatch(values -> !Double.isNaN(values[i])))
            .toArray();
    if (cases.length < 2) {
      return Optional.empty();
    }
    SplitMix64 random = new SplitMix64(SubSeeds.at(seed, cases.length));
    double[] means = new double[RESAMPLES];
    int[] drawn = new int[cases.length];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = cases[random.nextInt(cases.length)];
      }
      means[resample] = mean(organs, drawn);
    }
    Arrays.sort(means);
    return Optional.of(
        new Interval(
            Statistics.percentile(means, LOW_PERCENT), Statistics.percentile(means, HIGH_PERCENT)));
  }

  private static double mean(List<double[]> organs, int[] drawn) {
    double sum = 0;
    int defined = 0;
    for (double[] values : organs) {
      double ofOrgan = 0;
      int count = 0;
      for (int i : drawn) {
        if (!Double.isNaN(values[i])) {
          ofOrgan += values[i];
          count++;
        }
      }
      if (count > 0) {
        sum += ofOrgan / count;
        defined++;
      }
    }
    return sum / defined;
  }
}
