package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GridTest {
  private static final Affine ONE = Affine.scaling(1, 1, 1);

  @Test
  void affineByHand() {
    Affine affine = Affine.of(0, 3, 0, 10, -4, 0, 0, 20, 3, 0, 2, 30);
    assertArrayEquals(new double[] {16, 16, 39}, affine.apply(1, 2, 3));
    assertEquals(5, affine.columnLength(0));
    assertEquals(24, affine.determinant());
    assertEquals(20, affine.get(1, 3));
  }

  @Test
  void affinesThatAreNone() {
    assertThrows(IllegalArgumentException.class, () -> Affine.of(1, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> Affine.scaling(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> Affine.scaling(1, Double.NaN, 1));
    assertThrows(
        IllegalArgumentException.class, () -> Affine.of(1, 2, 3, 0, 2, 4, 6, 0, 0, 0, 1, 0));
  }

  @Test
  void minusZeroIsZero() {
    Affine affine = Affine.of(1, -0.0, 0, -0.0, 0, 1, 0, 0, 0, 0, 1, 0);
    assertEquals(ONE, affine);
    assertEquals(ONE.hashCode(), affine.hashCode());
  }

  @Test
  void sizes() {
    Grid grid = new Grid(2, 3, 4, Affine.scaling(0.5, 1, 2));
    assertEquals(24, grid.size());
    assertEquals(1 + 2 * (2 + 3 * 3), grid.index(1, 2, 3));
    assertEquals(4, grid.extent(2));
    assertEquals(0.5, grid.spacing(0));
    assertThrows(IndexOutOfBoundsException.class, () -> grid.extent(3));
    assertThrows(IllegalArgumentException.class, () -> new Grid(0, 1, 1, ONE));
    assertThrows(IllegalArgumentException.class, () -> new Grid(2048, 1024, 1024, ONE));
    assertThrows(IllegalArgumentException.class, () -> new Volume(grid, new float[23]));
  }

  @Test
  void matchingLooksAtEveryCorner() {
    Grid grid = new Grid(101, 2, 2, ONE);
    // 0.0005 mm a voxel is 0.05 mm at the far end.
    Grid stretched = new Grid(101, 2, 2, Affine.scaling(1.0005, 1, 1));
    assertTrue(grid.matches(stretched, 0.051));
    assertFalse(grid.matches(stretched, 0.049));
    assertFalse(grid.matches(new Grid(101, 2, 1, ONE), 1e9));
  }
}
