package org.mskd.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StoredPositionsTest {
  /** One teacher of two on 24 x 24 pixels, positions at stride 2, with a mask of these pixels. */
  private static StoredPositions around(int... pixels) {
    short[] margins = new short[2 * 24 * 24];
    Arrays.fill(margins, (short) -1);
    for (int pixel : pixels) {
      margins[2 * pixel + 1] = 0;
    }
    assertEquals(0, StoredPositions.around(margins, 2, 0, 24, 12).count());
    return StoredPositions.around(margins, 2, 1, 24, 12);
  }

  @Test
  void aPixelKeepsTheSquareAroundItsPosition() {
    // Pixel (11, 8) lies in position (5, 4).
    StoredPositions positions = around(8 * 24 + 11);
    assertEquals(25, positions.count());
    for (int i = 0; i < 144; i++) {
      boolean near = Math.abs(i % 12 - 5) <= 2 && Math.abs(i / 12 - 4) <= 2;
      assertEquals(near, positions.has(i), "position " + i);
      if (near) {
        assertEquals((i / 12 - 2) * 5 + i % 12 - 3, positions.nearestRow(i), "position " + i);
      }
    }
  }

  @Test
  void atTheCornerTheSquareEndsWithTheSlice() {
    assertEquals(9, around(0).count());
    assertEquals(9, around(24 * 24 - 1).count());
    assertEquals(18, around(0, 24 * 24 - 1).count());
    assertTrue(around(24 * 24 - 1).has(143));
    assertFalse(around(24 * 24 - 1).has(9 * 12 + 8));
  }

  @Test
  void whereThereIsNoRowTheNearestIsTaken() {
    StoredPositions positions = around(8 * 24 + 11);
    // Rows 0..24 belong to the positions (3..7, 2..6). One to the right of (7, 4) is row 14.
    assertEquals(14, positions.nearestRow(4 * 12 + 8));
    // Two to the right.
    assertEquals(14, positions.nearestRow(4 * 12 + 9));
    // A corner, one away along both axes, and two.
    assertEquals(0, positions.nearestRow(1 * 12 + 2));
    assertEquals(24, positions.nearestRow(8 * 12 + 9));
    // Three away is too far.
    assertEquals(-1, positions.nearestRow(4 * 12 + 10));
    assertEquals(-1, positions.nearestRow(11 * 12));
  }

  @Test
  void whatIsWrittenIsRead() {
    StoredPositions positions = around(8 * 24 + 11, 23);
    ByteBuffer bytes = ByteBuffer.allocate(100).order(TargetFormat.ORDER);
    positions.write(bytes);
    // 144 positions take three words.
    assertEquals(24, bytes.position());
    bytes.flip();
    StoredPositions read = StoredPositions.read(12, bytes);
    assertEquals(24, bytes.position());
    assertEquals(positions.count(), read.count());
    for (int i = 0; i < 144; i++) {
      assertEquals(positions.nearestRow(i), read.nearestRow(i));
    }
  }

  @Test
  void allMeansAll() {
    StoredPositions all = StoredPositions.all(9);
    assertEquals(81, all.count());
    for (int i = 0; i < 81; i++) {
      assertEquals(i, all.nearestRow(i));
    }
  }
}
