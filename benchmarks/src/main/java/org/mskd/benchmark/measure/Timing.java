package org.mskd.benchmark.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * The durations of a number of equal steps.
 *
 * @param milliseconds in their order, warm-up left out
 */
public record Timing(List<Double> milliseconds) {
  /** Steps after which a variant that is clearly slower than another is stopped. */
  private static final int TRIAL = 2;

  /** How much slower than another's median both trial steps must be; a step varies by less. */
  private static final double CLEARLY = 1.1;

  public Timing {
    milliseconds = List.copyOf(milliseconds);
    if (milliseconds.isEmpty()) {
      throw new IllegalArgumentException("a timing without steps");
    }
  }

  /** Times steps one by one. */
  public static Timing of(int warmup, int steps, Runnable step) {
    return unlessSlower(Double.POSITIVE_INFINITY, warmup, steps, step);
  }

  /**
   * Times steps one by one; stops after the first two if both are clearly slower than a given
   * median.
   *
   * @param beat that median, milliseconds
   */
  public static Timing unlessSlower(double beat, int warmup, int steps, Runnable step) {
    for (int i = 0; i < warmup; i++) {
      step.run();
    }
    List<Double> milliseconds = new ArrayList<>();
    while (milliseconds.size() < steps) {
      long start = System.nanoTime();
      step.run();
      milliseconds.add((System.nanoTime() - start) * 1e-6);
      if (milliseconds.size() == TRIAL && new Timing(milliseconds).minimum() > CLEARLY * beat) {
        break;
      }
    }
    return new Timing(milliseconds);
  }

  /** The middle one; of an even number the mean of the middle two. */
  public double median() {
    double[] sorted = milliseconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The shortest. */
  public double minimum() {
    return milliseconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** How many steps were timed. */
  public int steps() {
    return milliseconds.size();
  }

  /** Writes median, minimum and number of steps. */
  public void into(Results results, String name) {
    results.put(name + ".medianMs", median());
    results.put(name + ".minimumMs", minimum());
    results.put(name + ".steps", steps());
  }
}
