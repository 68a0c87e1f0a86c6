package org.mskd.graph.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.graph.runtime.ArenaLayout.Lifetime;

class ArenaLayoutTest {
  @Test
  void arraysWithDisjointLifetimesShareMemory() {
    ArenaLayout layout =
        ArenaLayout.of(
            List.of(new Lifetime(100, 0, 2), new Lifetime(128, 2, 4), new Lifetime(7, 1, 3)));
    // 100 bytes are two lines of 64; the second is allocated when the first is released.
    assertEquals(List.of(0L, 0L, 128L), layout.offsets());
    assertEquals(192, layout.bytes());
  }

  @Test
  void smallestGapIsTaken() {
    // Three stay at 0, 1024 and 3072 around arrays released from 640..1024 and 1664..3072.
    ArenaLayout layout =
        ArenaLayout.of(
            List.of(
                new Lifetime(1408, 0, 5),
                new Lifetime(1024, 0, 9),
                new Lifetime(640, 0, 9),
                new Lifetime(384, 0, 5),
                new Lifetime(320, 0, 9),
                new Lifetime(256, 6, 9)));
    assertEquals(List.of(0L, 1408L, 2432L, 3072L, 3456L, 3072L), layout.offsets());
  }

  @Test
  void nothingNeedsNothing() {
    assertEquals(0, ArenaLayout.of(List.of()).bytes());
    assertEquals(0, ArenaLayout.of(List.of(new Lifetime(0, 0, Integer.MAX_VALUE))).bytes());
  }

  @Test
  void liveArraysNeverOverlap() {
    for (int seed = 0; seed < 200; seed++) {
      List<Lifetime> lifetimes = lifetimes(new SplittableRandom(seed));
      ArenaLayout layout = ArenaLayout.of(lifetimes);
      long peak = 0;
      for (int i = 0; i < lifetimes.size(); i++) {
        long begin = layout.offsets().get(i);
        long end = begin + lifetimes.get(i).bytes();
        assertTrue(begin >= 0 && begin % 64 == 0 && end <= layout.bytes(), "seed " + seed);
        long live = 0;
        for (int j = 0; j < lifetimes.size(); j++) {
          if (lifetimes.get(j).allocated() <= lifetimes.get(i).allocated()
              && lifetimes.get(i).allocated() < lifetimes.get(j).released()) {
            live += lifetimes.get(j).bytes();
          }
          long other = layout.offsets().get(j);
          boolean apart = end <= other || other + lifetimes.get(j).bytes() <= begin;
          boolean overlap =
              lifetimes.get(i).allocated() < lifetimes.get(j).released()
                  && lifetimes.get(j).allocated() < lifetimes.get(i).released();
          assertTrue(i == j || apart || !overlap, i + " and " + j + ", seed " + seed);
        }
        peak = Math.max(peak, live);
      }
      assertTrue(layout.bytes() >= peak, "seed " + seed);
      assertTrue(layout.bytes() < 2 * peak + 64 * lifetimes.size(), "wasteful, seed " + seed);
    }
  }

  private static List<Lifetime> lifetimes(SplittableRandom random) {
    List<Lifetime> lifetimes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int released = random.nextInt(9) == 0 ? Integer.MAX_VALUE : 2 * i + 1 + random.nextInt(40);
      lifetimes.add(new Lifetime(1 + random.nextInt(10_000), 2 * i, released));
    }
    return lifetimes;
  }
}
