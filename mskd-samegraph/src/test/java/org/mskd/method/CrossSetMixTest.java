package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrossSetMixTest {
  private static final int SIZE = 64;

  /** Two slots of one set, one of another, one without labels. */
  private static final float[] ANNOTATED = {1, 0, 1, 0, 0, 1, 0, 0};

  @Test
  void partnersAreOfOtherDataSets() {
    CrossSetMix mix = new CrossSetMix(1);
    for (int slot = 0; slot < 4; slot++) {
      Set<Integer> partners = new HashSet<>();
      for (int iteration = 0; iteration < 200; iteration++) {
        partners.add(mix.box(iteration, 0, slot, ANNOTATED, 4, SIZE).partner());
      }
      Set<Integer> expected =
          switch (slot) {
            case 0, 1 -> Set.of(2, 3);
            case 2 -> Set.of(0, 1, 3);
            default -> Set.of(0, 1, 2);
          };
      assertEquals(expected, partners, "slot " + slot);
    }
  }

  @Test
  void withoutAnotherDataSetNothingIsMixed() {
    CrossSetMix.Box box = new CrossSetMix(1).box(0, 0, 1, new float[] {1, 0, 1, 0}, 2, SIZE);
    assertSame(CrossSetMix.Box.NONE, box);
    float[] to = {1, 2, 3, 4};
    box.paste(new float[] {9, 9, 9, 9, 9, 9, 9, 9}, to, 0, 2, 1);
    assertArrayEquals(new float[] {1, 2, 3, 4}, to);
  }

  /** Rounding down makes sides at most a pixel shorter: 1/64 of 64 pixels each. */
  @Test
  void boxesAreInsideAndOfTheirSize() {
    CrossSetMix mix = new CrossSetMix(2);
    double least = 1;
    double most = 0;
    for (int iteration = 0; iteration < 2000; iteration++) {
      CrossSetMix.Box box = mix.box(iteration, 1, 0, ANNOTATED, 4, SIZE);
      assertTrue(box.top() >= 0 && box.top() + box.height() <= SIZE, box::toString);
      assertTrue(box.left() >= 0 && box.left() + box.width() <= SIZE, box::toString);
      double area = box.height() * (double) box.width() / (SIZE * SIZE);
      double upper = (box.height() + 1) * (box.width() + 1.0) / (SIZE * SIZE);
      assertTrue(area <= 0.4 && upper >= 0.02, box::toString);
      double ratio = (box.height() + 1.0) / box.width();
      assertTrue(ratio >= 0.3 && box.height() / (box.width() + 1.0) <= 1 / 0.3, box::toString);
      least = Math.min(least, area);
      most = Math.max(most, area);
    }
    assertTrue(least < 0.05 && most > 0.35, least + " to " + most);
  }

  /** Rows 3 to 10 and columns 6 to 8: to multiples of 4 from 4 to 12, and from 8 to 8. */
  @Test
  void edgesGoToTheNearestLines() {
    CrossSetMix.Box box = new CrossSetMix.Box(2, 3, 6, 7, 2);
    assertEquals(new CrossSetMix.Box(2, 4, 8, 8, 0), box.aligned(4));
    assertEquals(new CrossSetMix.Box(2, 4, 6, 6, 2), box.aligned(2));
    assertEquals(box, box.aligned(1));
    assertEquals(new CrossSetMix.Box(2, 2, 3, 3, 1), box.aligned(2).coarser(2));
    assertEquals(
        new CrossSetMix.Box(0, 48, 0, 16, 64), new CrossSetMix.Box(0, 41, 7, 23, 57).aligned(16));
  }

  @Test
  void areAFunctionOfSeedIterationViewAndSlot() {
    CrossSetMix.Box box = new CrossSetMix(3).box(7, 1, 2, ANNOTATED, 4, SIZE);
    assertEquals(box, new CrossSetMix(3).box(7, 1, 2, ANNOTATED, 4, SIZE));
    assertNotEquals(box, new CrossSetMix(4).box(7, 1, 2, ANNOTATED, 4, SIZE));
    assertNotEquals(box, new CrossSetMix(3).box(8, 1, 2, ANNOTATED, 4, SIZE));
    assertNotEquals(box, new CrossSetMix(3).box(7, 0, 2, ANNOTATED, 4, SIZE));
    assertNotEquals(box, new CrossSetMix(3).box(7, 1, 3, ANNOTATED, 4, SIZE));
  }

  @Test
  void aRectangleOfThePartnerIsCopied() {
    float[] from = new float[18];
    for (int i = 0; i < 18; i++) {
      from[i] = i;
    }
    float[] to = new float[10];
    Arrays.fill(to, -1);
    new CrossSetMix.Box(1, 1, 0, 2, 2).paste(from, to, 1, 3, 1);
    assertArrayEquals(new float[] {-1, -1, -1, -1, 12, 13, -1, 15, 16, -1}, to);
  }

  /** One row of two pixels, at the second column of slices of 3 x 3 pixels with two channels. */
  @Test
  void allChannelsAreCopied() {
    float[] from = new float[36];
    for (int i = 0; i < 36; i++) {
      from[i] = i;
    }
    float[] to = new float[18];
    Arrays.fill(to, -1);
    new CrossSetMix.Box(1, 2, 1, 1, 2).paste(from, to, 0, 3, 2);
    float[] expected = new float[18];
    Arrays.fill(expected, -1);
    for (int i = 14; i < 18; i++) {
      expected[i] = 18 + i;
    }
    assertArrayEquals(expected, to);
  }
}
