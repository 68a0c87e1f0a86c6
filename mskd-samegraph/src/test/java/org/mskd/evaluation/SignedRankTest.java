package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignedRankTest {
  /** Plant heights of Darwin, in eighths of an inch; p as SciPy's documentation has it. */
  @Test
  void publishedValueOfDarwinsMaize() {
    SignedRank test =
        SignedRank.of(new double[] {6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75});
    assertEquals(15, test.n());
    assertEquals(0.041259765625, test.p().orElseThrow(), 1e-12);
  }

  /** Hollander and Wolfe 1973, p. 29, depression scores; one-sided p is .01953 in R's manual. */
  @Test
  void publishedValueOfHollanderAndWolfe() {
    double[] first = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
    double[] second = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
    double[] differences = new double[first.length];
    Arrays.setAll(differences, i -> first[i] - second[i]);
    assertEquals(2 * 10 / 512., SignedRank.of(differences).p().orElseThrow(), 1e-12);
  }

  @Test
  void aSampleOfOneSignHasTheSmallestPossibleP() {
    double[] differences = {.01, .02, .03, .04, .05, .06};
    assertEquals(2 / 64., SignedRank.of(differences).p().orElseThrow(), 1e-15);
    double[] many = new double[1000];
    Arrays.setAll(many, i -> i + 1);
    assertTrue(SignedRank.of(many).p().orElseThrow() < 1e-200);
  }

  @Test
  void equalsTheEnumerationOfAllSigns() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int sample = 0; sample < 200; sample++) {
      double[] differences = new double[6 + random.nextInt(7)];
      Arrays.setAll(
          differences, i -> random.nextInt(8) == 0 ? Double.NaN : (random.nextInt(13) - 6) * 1e-3);
      SignedRank test = SignedRank.of(differences);
      double[] counted =
          Arrays.stream(differences).filter(d -> !Double.isNaN(d) && d != 0).toArray();
      String message = "seed " + seed + ", " + Arrays.toString(differences);
      assertEquals(counted.length, test.n(), message);
      assertEquals(counted.length >= 6, test.p().isPresent(), message);
      if (test.p().isPresent()) {
        assertEquals(enumerated(counted), test.p().getAsDouble(), 1e-12, message);
      }
    }
  }

  /** The share of assignments of signs whose rank sum is as far from the mean. */
  private static double enumerated(double[] differences) {
    int n = differences.length;
    double[] ranks = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double own = Math.round(Math.abs(differences[i]) * 1e3);
        double other = Math.round(Math.abs(differences[j]) * 1e3);
        ranks[i] += other < own ? 1 : other == own ? .5 : 0;
      }
      ranks[i] += .5;
    }
    double mean = Arrays.stream(ranks).sum() / 2;
    double observed = 0;
    for (int i = 0; i < n; i++) {
      observed += differences[i] > 0 ? ranks[i] : 0;
    }
    int extreme = 0;
    for (int signs = 0; signs < 1 << n; signs++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (signs >> i & 1) == 1 ? ranks[i] : 0;
      }
      extreme += Math.abs(sum - mean) >= Math.abs(observed - mean) - 1e-9 ? 1 : 0;
    }
    return (double) extreme / (1 << n);
  }

  /** As written in metrics.json, .3 - .2 and .2 - .1 are equal; as doubles they are not. */
  @Test
  void roundingErrorsBreakNoTies() {
    double[] differences = {.3 - .2, .2 - .1, .1 - .2, .4 - .3, .9 - .8, .7 - .6, .5 - .5, 0};
    SignedRank test = SignedRank.of(differences);
    assertEquals(6, test.n());
    // One negative of six equal ranks: 2 (1 + 6) of 64 assignments are as far from the mean.
    assertEquals(14 / 64., test.p().orElseThrow(), 1e-12);
  }

  @Test
  void noTestOfTooFewOrTooManyPairs() {
    assertTrue(SignedRank.of(new double[] {1, 2, 3, 4, 5, 0, Double.NaN}).p().isEmpty());
    assertEquals(0, SignedRank.of(new double[0]).n());
    double[] tooMany = new double[SignedRank.MOST + 1];
    Arrays.fill(tooMany, 1);
    assertTrue(SignedRank.of(tooMany).p().isEmpty());
  }
}
