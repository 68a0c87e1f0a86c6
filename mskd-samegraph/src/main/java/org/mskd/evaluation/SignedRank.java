package org.mskd.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;

/**
 * The two-sided Wilcoxon signed-rank test of paired differences against a median of 0 (Wilcoxon,
 * Biometrics Bulletin 1945). Differences of 0 are left out. Equal absolute differences share the
 * mean of their ranks, and p is exact for these ranks: the share of all 2^n assignments of signs
 * whose rank sum is at least as far from its mean as the observed one. Differences are compared to
 * six decimals, as {@code metrics.json} has them.
 *
 * @param n differences other than 0
 * @param p from 0 to 1; empty for fewer than {@value #FEWEST} differences, with which no result can
 *     be significant at 5 %, and for more than {@value #MOST}
 */
public record SignedRank(int n, OptionalDouble p) {
  /** With five pairs the smallest possible p is 1/16. */
  static final int FEWEST = 6;

  /** The number of steps grows with the third power of n. */
  static final int MOST = 2000;

  private static final double DECIMALS = 1e6;

  /**
   * Tests differences.
   *
   * @param differences NaN where there is no pair
   */
  static SignedRank of(double[] differences) {
    long[] rounded =
        Arrays.stream(differences)
            .filter(difference -> !Double.isNaN(difference))
            .mapToLong(difference -> Math.round(difference * DECIMALS))
            .filter(difference -> difference != 0)
            .boxed()
            .sorted(Comparator.comparingLong(Math::abs))
            .mapToLong(Long::longValue)
            .toArray();
    int n = rounded.length;
    return new SignedRank(
        n, n < FEWEST || n > MOST ? OptionalDouble.empty() : OptionalDouble.of(p(rounded)));
  }

  /**
   * The exact p.
   *
   * @param differences by ascending absolute value
   */
  private static double p(long[] differences) {
    int[] ranks = doubledRanks(differences);
    double[] probability = distribution(ranks);
    int observed = 0;
    for (int i = 0; i < ranks.length; i++) {
      observed += differences[i] > 0 ? ranks[i] : 0;
    }
    // The distribution is symmetric about half of the sum of all ranks.
    int tail = Math.min(observed, probability.length - 1 - observed);
    double below = 0;
    for (int sum = 0; sum <= tail; sum++) {
      below += probability[sum];
    }
    return Math.min(1, 2 * below);
  }

  /** Twice the rank of each difference, which is a whole number also where ranks are shared. */
  private static int[] doubledRanks(long[] differences) {
    int[] ranks = new int[differences.length];
    int first = 0;
    while (first < ranks.length) {
      int end = first + 1;
      while (end < ranks.length && Math.abs(differences[end]) == Math.abs(differences[first])) {
        end++;
      }
      Arrays.fill(ranks, first, end, first + 1 + end);
      first = end;
    }
    return ranks;
  }

  /** The probability of each sum of the ranks whose sign is positive, all signs equally likely. */
  private static double[] distribution(int[] ranks) {
    double[] probability = new double[Arrays.stream(ranks).sum() + 1];
    probability[0] = 1;
    int largest = 0;
    for (int rank : ranks) {
      largest += rank;
      for (int sum = largest; sum >= 0; sum--) {
        probability[sum] = (probability[sum] + (sum < rank ? 0 : probability[sum - rank])) / 2;
      }
    }
    return probability;
  }
}
