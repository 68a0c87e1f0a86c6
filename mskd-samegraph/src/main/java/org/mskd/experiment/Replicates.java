package org.mskd.experiment;

import java.util.List;
import java.util.stream.LongStream;

/**
 * Repetitions of an experiment that differ in the seed alone: the first one has the experiment's,
 * each further one the next number.
 */
public final class Replicates {
  /** The largest number of replicates. */
  public static final int MOST = 100;

  private Replicates() {}

  /**
   * The seed of a replicate.
   *
   * @param seed the experiment's
   * @param number of the replicate, from 1
   */
  public static long seed(long seed, int number) {
    return seed + number - 1;
  }

  /** The seeds of all replicates. */
  public static List<Long> seeds(long seed, int count) {
    return LongStream.range(seed, seed + count).boxed().toList();
  }
}
