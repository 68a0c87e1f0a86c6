package org.mskd.random;

/**
 * The SplitMix64 generator (Steele, Lea, Flood: <i>Fast splittable pseudorandom number
 * generators</i>, OOPSLA 2014; constants of Vigna's public-domain {@code splitmix64.c}). Small
 * state, passes BigCrush, and, other than {@code java.util}'s generators, its bounded numbers are
 * fixed here and cannot change with the Java version. Not thread-safe: one for each purpose.
 */
public final class SplitMix64 {
  static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /**
   * @param seed any value
   */
  public SplitMix64(long seed) {
    this.state = seed;
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /**
   * Uniform over 0 .. bound - 1, without bias: values in the incomplete last block are rejected.
   *
   * @throws IllegalArgumentException if bound is not positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound " + bound + " is not positive");
    }
    long bits = nextLong() >>> 1;
    long value = bits % bound;
    while (bits - value + (bound - 1) < 0) {
      bits = nextLong() >>> 1;
      value = bits % bound;
    }
    return (int) value;
  }

  /** Uniform over [0, 1) in steps of 2⁻⁵³. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform over [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * Normal with mean 0 and standard deviation 1 (Box and Muller 1958; the second of the pair is not
   * kept, so a number never depends on an earlier call).
   */
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /** SplitMix64's output function, a bijection of 64 bits. */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
