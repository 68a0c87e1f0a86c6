package org.mskd.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubSeedsTest {
  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);
  private static final BigInteger GAMMA = new BigInteger("9E3779B97F4A7C15", 16);

  /** The documented definition once more, in unbounded integers. */
  private static BigInteger mix(BigInteger z) {
    z = z.xor(z.shiftRight(30)).multiply(new BigInteger("BF58476D1CE4E5B9", 16)).mod(TWO_64);
    z = z.xor(z.shiftRight(27)).multiply(new BigInteger("94D049BB133111EB", 16)).mod(TWO_64);
    return z.xor(z.shiftRight(31));
  }

  private static BigInteger absorb(BigInteger state, long value) {
    BigInteger inner = mix(BigInteger.valueOf(value).add(GAMMA).mod(TWO_64));
    return mix(state.xor(inner).add(GAMMA).mod(TWO_64));
  }

  @Test
  void followsItsDefinition() {
    BigInteger state = BigInteger.valueOf(2021);
    state = absorb(state, 2);
    state = absorb(state, 'a');
    state = absorb(state, 'b');
    state = absorb(state, 3);
    state = absorb(state, 'c');
    state = absorb(state, 0xC3);
    state = absorb(state, 0xA4);
    assertEquals(state.longValue(), SubSeeds.of(2021, "ab", "c\u00e4"));
    BigInteger numbers = absorb(absorb(BigInteger.valueOf(9), 3), 4);
    assertEquals(numbers.longValue(), SubSeeds.at(9, 3, 4));
  }

  @Test
  void differentNamesGiveDifferentSeeds() {
    assertNotEquals(SubSeeds.of(1, "ab", "c"), SubSeeds.of(1, "a", "bc"));
    assertNotEquals(SubSeeds.of(1, "a"), SubSeeds.of(1, "a", ""));
    assertNotEquals(SubSeeds.of(1, "a", "b"), SubSeeds.of(1, "b", "a"));
    // Equal String.hashCode
    assertNotEquals(SubSeeds.of(1, "Aa"), SubSeeds.of(1, "BB"));
    assertNotEquals(SubSeeds.of(1, "a"), SubSeeds.of(2, "a"));
  }

  @Test
  void neighbouringSeedsAndNumbersDoNotCollide() {
    Set<Long> seen = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      for (long iteration = 0; iteration < 100; iteration++) {
        for (long slot = 0; slot < 5; slot++) {
          assertTrue(seen.add(SubSeeds.at(seed, iteration, slot)), seed + " " + iteration);
        }
      }
    }
  }

  @Test
  void needsAName() {
    assertThrows(IllegalArgumentException.class, () -> SubSeeds.of(1));
    assertThrows(IllegalArgumentException.class, () -> SubSeeds.at(1));
  }
}
