package org.mskd.dataset.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.Orientation;

class StoredOrientationTest {
  private static final Grid CANONICAL =
      new Grid(3, 4, 5, Affine.of(2, 0, 0, -10, 0, 2.5, 0, -20, 0, 0, 6, -30));

  @Test
  void headFirstByHand() {
    Grid grid = StoredOrientation.grid(CANONICAL, "SAL");
    assertEquals(5, grid.nx());
    assertEquals(4, grid.ny());
    assertEquals(3, grid.nz());
    // The first voxel is the lowest, hindmost, rightmost: x = -10 + 2 · 2.
    assertArrayEquals(new double[] {-6, -20, -30}, grid.affine().apply(0, 0, 0));
    assertArrayEquals(new double[] {-8, -17.5, -24}, grid.affine().apply(1, 1, 1));
  }

  @Test
  void everyCodeGivesItsOrientation() {
    for (String code : StoredOrientation.CODES) {
      Grid grid = StoredOrientation.grid(CANONICAL, code);
      assertEquals(code, Orientation.of(grid.affine()).code());
      assertTrue(Orientation.canonical(grid).matches(CANONICAL, 1e-9), code);
    }
  }
}
