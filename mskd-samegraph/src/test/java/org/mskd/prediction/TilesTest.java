package org.mskd.prediction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilesTest {
  @Test
  void lieHalfATileApartAtMostAndTouchTheBorders() {
    assertArrayEquals(new int[] {0}, new Tiles(16, 16).begins());
    assertArrayEquals(new int[] {0, 8}, new Tiles(24, 16).begins());
    assertArrayEquals(new int[] {0, 128, 256}, new Tiles(512, 256).begins());
    assertArrayEquals(new int[] {0, 1}, new Tiles(7, 6).begins());
    // 36 pixels in two steps of at most 32, 8 in four of at most 2.5, 9 in three of at most 4.
    assertArrayEquals(new int[] {0, 18, 36}, new Tiles(100, 64).begins());
    assertArrayEquals(new int[] {0, 2, 4, 6, 8}, new Tiles(13, 5).begins());
    assertArrayEquals(new int[] {0, 3, 6, 9}, new Tiles(17, 8).begins());
    // 5 in two steps: 2.5 is no place for a pixel.
    assertArrayEquals(new int[] {0, 3, 5}, new Tiles(11, 6).begins());
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "24, 16", "100, 64", "13, 5", "17, 8", "7, 6", "9, 1", "64, 4", "50, 34"})
  void coverEveryPixelWithWeightsThatSumToOne(int size, int side) {
    Tiles tiles = new Tiles(size, side);
    double[] sums = new double[size * size];
    for (int tile = 0; tile < tiles.count(); tile++) {
      for (int i = 0; i < side * side; i++) {
        assertTrue(tiles.weight(tile, i) > 0, "tile " + tile + " at " + i);
        sums[tiles.pixel(tile, i)] += tiles.weight(tile, i);
      }
    }
    for (int pixel = 0; pixel < sums.length; pixel++) {
      assertEquals(1, sums[pixel], 1e-6, "pixel " + pixel);
    }
  }

  @Test
  void weighByAGaussianOfAnEighth() {
    Tiles tiles = new Tiles(24, 16);
    // Pixel (9, 7) is (9, 7) of tile 0 and (1, 7) of tile 1, 1.5 and -6.5 off their middles.
    int first = 7 * 16 + 9;
    int second = 7 * 16 + 1;
    assertEquals(7 * 24 + 9, tiles.pixel(0, first));
    assertEquals(7 * 24 + 9, tiles.pixel(1, second));
    // With a sd of 2 the exponents are 40 / 8 = 5 apart.
    double ratio = Math.exp(5);
    assertEquals(ratio / (1 + ratio), tiles.weight(0, first), 1e-6);
    assertEquals(1 / (1 + ratio), tiles.weight(1, second), 1e-6);
    assertEquals(1, tiles.weight(0, 0), "the slice's corner has one tile alone");
  }

  @Test
  void areCutOutOfTheirSlice() {
    float[] slices = new float[2 * 49];
    for (int i = 0; i < slices.length; i++) {
      slices[i] = i;
    }
    float[] out = new float[1 + 36];
    new Tiles(7, 6).cut(slices, 49, 1, 2, out, 1); // row 1, column 0
    assertEquals(0, out[0]);
    for (int i = 0; i < 36; i++) {
      assertEquals(49 + (1 + i / 6) * 7 + i % 6, out[1 + i]);
    }
  }

  @Test
  void areNeverLargerThanTheSlice() {
    assertThrows(IllegalArgumentException.class, () -> new Tiles(16, 17));
    assertThrows(IllegalArgumentException.class, () -> new Tiles(16, 0));
  }
}
