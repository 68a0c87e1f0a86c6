package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against StrictMath, both the forms for one number and for many. */
class ExpLogTest {
  /** Relative; an ulp is between half of this and a quarter. */
  private static final double MOST = 4.5e-16;

  private static final int MANY = 200_000;

  private static double[] exps(double[] x) {
    double[] values = x.clone();
    ExpLog.exp(values, x.length, new double[x.length]);
    return values;
  }

  private static double[] logs(double[] x) {
    double[] values = x.clone();
    ExpLog.log(values, x.length, new double[x.length]);
    return values;
  }

  private static void close(double expected, double actual, double x, long seed) {
    double most = Math.max(MOST * Math.abs(expected), Double.MIN_VALUE);
    assertTrue(
        Math.abs(actual - expected) <= most,
        () -> "of " + x + ": " + actual + ", not " + expected + ", seed " + seed);
  }

  private static void compareExp(double[] x, long seed) {
    double[] many = exps(x);
    for (int i = 0; i < x.length; i++) {
      double expected = StrictMath.exp(x[i]);
      close(expected, ExpLog.exp(x[i]), x[i], seed);
      close(expected, many[i], x[i], seed);
    }
  }

  private static void compareLog(double[] x, long seed) {
    double[] many = logs(x);
    for (int i = 0; i < x.length; i++) {
      double expected = StrictMath.log(x[i]);
      close(expected, ExpLog.log(x[i]), x[i], seed);
      close(expected, many[i], x[i], seed);
    }
  }

  @Test
  void exponentialOfEverySize() {
    for (double least : new double[] {-1e-300, -1e-17, -1e-3, -1, -20, -708, -760}) {
      long seed = Double.doubleToLongBits(least);
      compareExp(
          new SplittableRandom(seed).doubles(MANY).map(share -> share * least).toArray(), seed);
    }
    compareExp(new SplittableRandom(3).doubles(MANY, 0, 600).toArray(), 3);
  }

  @Test
  void exponentialBetweenTabulatedArguments() {
    double[] x = new double[2 * 64 * 700];
    for (int i = 0; i < x.length; i++) {
      // Where rounding to the next tabulated argument goes over, a little to both sides.
      double middle = -(i / 2 + 0.5) * Math.log(2) / 64;
      x[i] = i % 2 == 0 ? Math.nextUp(middle) : Math.nextDown(middle);
    }
    compareExp(x, 0);
  }

  @Test
  void exponentialAtTheEnds() {
    double[] x = {0, -0.0, -Double.MIN_VALUE, -745.13, -745.14, -746, -1e308};
    compareExp(x, 0);
    assertEquals(1, ExpLog.exp(0));
    assertEquals(Double.MIN_VALUE, ExpLog.exp(-745.1));
    for (double none : new double[] {-746, -1e4, -Double.MAX_VALUE, Double.NEGATIVE_INFINITY}) {
      assertEquals(0, ExpLog.exp(none));
      assertEquals(0, exps(new double[] {none})[0]);
    }
    assertEquals(Double.NaN, ExpLog.exp(Double.NaN));
    assertEquals(Double.NaN, exps(new double[] {Double.NaN})[0]);
  }

  @Test
  void exponentialsBelowTheNormalNumbersAreRoundedOnce() {
    compareExp(new SplittableRandom(4).doubles(MANY, -745.2, -708).toArray(), 4);
  }

  @Test
  void logarithmOfEverySize() {
    SplittableRandom random = new SplittableRandom(5);
    compareLog(random.doubles(MANY, 1, 10).toArray(), 5);
    compareLog(random.doubles(MANY, 0.5, 1).toArray(), 5);
    compareLog(
        random.doubles(MANY, -707, 709).map(StrictMath::exp).filter(x -> x > 0).toArray(), 5);
  }

  @Test
  void logarithmNextToOne() {
    for (double size : new double[] {1e-15, 1e-9, 1e-4, 2e-3, 5e-3, 2e-2}) {
      long seed = Double.doubleToLongBits(size);
      compareLog(
          new SplittableRandom(seed).doubles(MANY, -size, size).map(d -> 1 + d).toArray(), seed);
    }
    assertEquals(0, ExpLog.log(1));
    assertEquals(0, logs(new double[] {1})[0]);
  }

  @Test
  void logarithmBetweenTabulatedArguments() {
    double[] x = new double[2 * 256];
    for (int i = 0; i < x.length; i++) {
      double middle = 0.5 + (i / 2 + 0.5) / 256 * (i / 2 < 128 ? 1 : 2);
      x[i] = i % 2 == 0 ? middle : Math.nextDown(middle);
    }
    compareLog(x, 0);
  }

  @Test
  void logarithmAtTheEnds() {
    double[] normal = {Double.MIN_NORMAL, 1e-300, Double.MAX_VALUE, 2, 0.5, Math.E};
    compareLog(normal, 0);
    for (double x : new double[] {Double.MIN_VALUE, 1e-310}) {
      assertEquals(StrictMath.log(x), ExpLog.log(x), 1e-12);
    }
    assertEquals(Double.NEGATIVE_INFINITY, ExpLog.log(0));
    assertEquals(Double.POSITIVE_INFINITY, ExpLog.log(Double.POSITIVE_INFINITY));
    assertEquals(Double.NaN, ExpLog.log(-1));
    assertEquals(Double.NaN, ExpLog.log(Double.NaN));
  }
}
