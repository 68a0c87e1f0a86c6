package org.mskd.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.graph.ArenaLayout.Life;

class ArenaLayoutTest {
  @Test
  void arraysThatDoNotMeetShareAPlace() {
    ArenaLayout layout =
        ArenaLayout.of(List.of(new Life(100, 0, 2), new Life(128, 2, 4), new Life(7, 1, 3)));
    // 100 bytes are two lines of 64; the second array's life begins when the first one's ends.
    assertEquals(List.of(0L, 0L, 128L), layout.offsets());
    assertEquals(192, layout.bytes());
  }

  @Test
  void smallestGapIsTaken() {
    // Three stay at 0, 1024 and 3072 around what died at 640..1024 and 1664..3072.
    ArenaLayout layout =
        ArenaLayout.of(
            List.of(
                new Life(1408, 0, 5),
                new Life(1024, 0, 9),
                new Life(640, 0, 9),
                new Life(384, 0, 5),
                new Life(320, 0, 9),
                new Life(256, 6, 9)));
    assertEquals(List.of(0L, 1408L, 2432L, 3072L, 3456L, 3072L), layout.offsets());
  }

  @Test
  void nothingNeedsNothing() {
    assertEquals(0, ArenaLayout.of(List.of()).bytes());
    assertEquals(0, ArenaLayout.of(List.of(new Life(0, 0, Integer.MAX_VALUE))).bytes());
  }

  @Test
  void livingArraysNeverOverlap() {
    for (int seed = 0; seed < 200; seed++) {
      List<Life> lives = lives(new SplittableRandom(seed));
      ArenaLayout layout = ArenaLayout.of(lives);
      long fullest = 0;
      for (int i = 0; i < lives.size(); i++) {
        long begin = layout.offsets().get(i);
        long end = begin + lives.get(i).bytes();
        assertTrue(begin >= 0 && begin % 64 == 0 && end <= layout.bytes(), "seed " + seed);
        long living = 0;
        for (int j = 0; j < lives.size(); j++) {
          if (lives.get(j).born() <= lives.get(i).born()
              && lives.get(i).born() < lives.get(j).died()) {
            living += lives.get(j).bytes();
          }
          long other = layout.offsets().get(j);
          boolean apart = end <= other || other + lives.get(j).bytes() <= begin;
          boolean meet =
              lives.get(i).born() < lives.get(j).died()
                  && lives.get(j).born() < lives.get(i).died();
          assertTrue(i == j || apart || !meet, i + " and " + j + ", seed " + seed);
        }
        fullest = Math.max(fullest, living);
      }
      assertTrue(layout.bytes() >= fullest, "seed " + seed);
      assertTrue(layout.bytes() < 2 * fullest + 64 * lives.size(), "wasteful, seed " + seed);
    }
  }

  private static List<Life> lives(SplittableRandom random) {
    List<Life> lives = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int died = random.nextInt(9) == 0 ? Integer.MAX_VALUE : 2 * i + 1 + random.nextInt(40);
      lives.add(new Life(1 + random.nextInt(10_000), 2 * i, died));
    }
    return lives;
  }
}
