package org.mskd.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
  @Test
  void givesThePublishedSequence() {
    SplitMix64 random = new SplitMix64(1234567);
    String[] published = {
      "6457827717110365317",
      "3203168211198807973",
      "9817491932198370423",
      "4593380528125082431",
      "16408922859458223821"
    };
    for (String expected : published) {
      assertEquals(Long.parseUnsignedLong(expected), random.nextLong());
    }
  }

  @Test
  void agreesWithTheJdksGenerator() {
    SplitMix64 ours = new SplitMix64(-77);
    SplittableRandom theirs = new SplittableRandom(-77);
    assertArrayEquals(
        LongStream.generate(theirs::nextLong).limit(1000).toArray(),
        LongStream.generate(ours::nextLong).limit(1000).toArray());
  }

  @Test
  void boundedNumbersAreUniform() {
    long seed = 5;
    SplitMix64 random = new SplitMix64(seed);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[random.nextInt(7)]++;
    }
    for (int count : counts) {
      // sd of a count is 93
      assertEquals(10_000, count, 500, "seed " + seed);
    }
    assertEquals(0, random.nextInt(1));
    assertThrows(IllegalArgumentException.class, () -> random.nextInt(0));
  }

  @Test
  void realNumbersHaveTheirDistributionsMoments() {
    long seed = 6;
    SplitMix64 random = new SplitMix64(seed);
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (int i = 0; i < n; i++) {
      double uniform = random.uniform(-2, 3);
      assertTrue(uniform >= -2 && uniform < 3, "seed " + seed);
      double normal = random.nextGaussian();
      sum += normal;
      squares += normal * normal;
      fourth += Math.pow(normal, 4);
    }
    assertEquals(0, sum / n, 0.02, "seed " + seed);
    assertEquals(1, squares / n, 0.03, "seed " + seed);
    assertEquals(3, fourth / n, 0.2, "seed " + seed);
  }
}
