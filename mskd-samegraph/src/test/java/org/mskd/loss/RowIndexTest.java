package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RowIndexTest {
  @Test
  void byHand() {
    // Two slices of two positions, two teachers; counted by position, then teacher.
    boolean[][] inside = {{true, false, true, false}, {true, false, false, true}};
    RowIndex index = RowIndex.of(new RegionMaps(2, 2, inside));
    assertArrayEquals(new int[] {0, 1, -1, -1, 2, -1, -1, 3}, index.rows());
    assertEquals(4, index.count());
  }

  @Test
  void nothingInside() {
    RowIndex index = RowIndex.of(new RegionMaps(1, 2, new boolean[3][4]));
    assertEquals(0, index.count());
    for (int row : index.rows()) {
      assertEquals(-1, row);
    }
  }

  /** Larger than what is counted at once. */
  @Test
  void numbersRunOnOverTheBatch() {
    for (long seed = 0; seed < 5; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      boolean[][] inside = new boolean[3][4 * 900];
      for (boolean[] map : inside) {
        for (int i = 0; i < map.length; i++) {
          map[i] = random.nextInt(4) == 0;
        }
      }
      RowIndex index = RowIndex.of(new RegionMaps(4, 30, inside));
      int next = 0;
      for (int i = 0; i < index.rows().length; i++) {
        int expected = inside[i % 3][i / 3] ? next++ : -1;
        assertEquals(expected, index.rows()[i], "seed " + seed + " at " + i);
      }
      assertEquals(next, index.count(), "seed " + seed);
    }
  }

  @Test
  void capacitiesAreEnoughAndFew() {
    TreeSet<Integer> capacities = new TreeSet<>();
    for (int used = 0; used <= 100_000; used++) {
      int capacity = RowIndex.capacity(used);
      assertTrue(capacity >= Math.max(1, used), "for " + used);
      assertTrue(capacity <= used + Math.max(32, used / 8), "for " + used + ": " + capacity);
      capacities.add(capacity);
    }
    assertTrue(capacities.size() < 110, "sizes " + capacities);
  }
}
