package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatchesTest {
  private static final long SEED = 2021;

  @Test
  void anywhereIsEveryPlaceAsOften() {
    Patches patches = new Patches(3, 6, SEED);
    int[] counts = new int[16];
    for (int i = 0; i < 16_000; i++) {
      Patch patch = patches.anywhere(i, 2);
      assertEquals(3, patch.side());
      counts[patch.y() * 4 + patch.x()]++;
    }
    for (int count : counts) {
      assertEquals(1_000, count, 160, "sd 31, seed " + SEED); // five sd
    }
  }

  @Test
  void theCentreIsAsNearAsTheSliceAllows() {
    Patches patches = new Patches(4, 10, SEED);
    int[][] expected = {{5, 5, 3, 3}, {0, 9, 0, 6}, {9, 1, 6, 0}, {2, 8, 0, 6}, {3, 7, 1, 5}};
    for (int[] e : expected) {
      Patch patch = patches.around(1, 2, IntStream.of(e[1] * 10 + e[0]));
      assertEquals(new Patch(e[2], e[3], 4), patch, "around " + e[0] + " " + e[1]);
    }
  }

  @Test
  void thePixelIsAlwaysInside() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 2_000; i++) {
      int size = random.nextInt(1, 40);
      int side = random.nextInt(1, size + 1);
      int x = random.nextInt(size);
      int y = random.nextInt(size);
      Patch patch = new Patches(side, size, i).around(i, 0, IntStream.of(-1, y * size + x));
      String where = "%s holds %d %d of %d, seed %d".formatted(patch, x, y, size, SEED);
      assertTrue(patch.x() <= x && x < patch.x() + side && patch.x() + side <= size, where);
      assertTrue(patch.y() <= y && y < patch.y() + side && patch.y() + side <= size, where);
    }
  }

  @Test
  void everyPixelIsChosenAsOften() {
    Patches patches = new Patches(1, 8, SEED);
    int[] counts = new int[64];
    for (int i = 0; i < 9_000; i++) {
      Patch patch = patches.around(i, 3, IntStream.of(5, -1, 17, 60));
      counts[patch.y() * 8 + patch.x()]++;
    }
    for (int pixel = 0; pixel < 64; pixel++) {
      boolean given = pixel == 5 || pixel == 17 || pixel == 60;
      assertEquals(given ? 3_000 : 0, counts[pixel], given ? 230 : 0, "seed " + SEED);
    }
  }

  @Test
  void withoutAPixelItIsAnywhere() {
    Patches patches = new Patches(8, 32, SEED);
    for (int i = 0; i < 20; i++) {
      assertEquals(patches.anywhere(i, 1), patches.around(i, 1, IntStream.empty()));
      assertEquals(patches.anywhere(i, 1), patches.around(i, 1, IntStream.of(-1, -1)));
    }
  }

  @Test
  void patchesDeriveFromSeedIterationAndSlot() {
    Patches patches = new Patches(8, 512, SEED);
    Patch later = patches.anywhere(100, 3);
    assertEquals(later, new Patches(8, 512, SEED).anywhere(100, 3));
    assertEquals(later, patches.anywhere(100, 3), "same arguments again");
    assertNotEquals(later, patches.anywhere(100, 2));
    assertNotEquals(later, patches.anywhere(101, 3));
    assertNotEquals(later, new Patches(8, 512, SEED + 1).anywhere(100, 3));
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Patches(9, 8, SEED));
    assertThrows(IllegalArgumentException.class, () -> new Patches(0, 8, SEED));
    assertThrows(IllegalArgumentException.class, () -> new Patch(-1, 0, 1));
    assertEquals(new Patch(0, 0, 8), new Patches(8, 8, SEED).anywhere(0, 0));
  }
}
