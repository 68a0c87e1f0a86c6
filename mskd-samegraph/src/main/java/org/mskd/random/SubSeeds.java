package org.mskd.random;

import java.nio.charset.StandardCharsets;

/**
 * Seeds for parts of an experiment, derived from its one seed: the same seed and names always give
 * the same sub-seed, other names an unrelated one.
 *
 * <p>A value v is absorbed into a state s as {@code mix((s ^ mix(v + γ)) + γ)}, with SplitMix64's
 * output function and γ: a bijection in s for a given v and in v for a given s. A name is absorbed
 * as its length in UTF-8 bytes, then byte by byte, so that ("ab", "c") and ("a", "bc") differ.
 */
public final class SubSeeds {
  private SubSeeds() {}

  /**
   * The sub-seed of a path of names, such as {@code of(seed, "teacher", "liver")}.
   *
   * @throws IllegalArgumentException without a name
   */
  public static long of(long seed, String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException("a sub-seed needs a name");
    }
    long state = seed;
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      state = absorb(state, bytes.length);
      for (byte b : bytes) {
        state = absorb(state, b & 0xFF);
      }
    }
    return state;
  }

  /**
   * The sub-seed of a path of numbers, such as iteration and slot.
   *
   * @throws IllegalArgumentException without a number
   */
  public static long at(long seed, long... numbers) {
    if (numbers.length == 0) {
      throw new IllegalArgumentException("a sub-seed needs a number");
    }
    long state = seed;
    for (long number : numbers) {
      state = absorb(state, number);
    }
    return state;
  }

  private static long absorb(long state, long value) {
    return SplitMix64.mix(
        (state ^ SplitMix64.mix(value + SplitMix64.GOLDEN_GAMMA)) + SplitMix64.GOLDEN_GAMMA);
  }
}
