package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Preprocessing;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;

/** Slices of one scan in several preprocessings. */
class SliceTransferTest {
  /** 60 x 36 mm. */
  private static final Grid GRID = new Grid(20, 12, 6, Affine.scaling(3, 3, 5));

  private static SliceGeometry geometry(int size, Double... spacing) {
    return SliceGeometry.of(GRID, new Preprocessing(size, -125, 275, List.of(spacing)));
  }

  /** mm from the middle of the scan. */
  private static double mm(int pixel, int first, int count, double pixelMm) {
    return (pixel + 0.5 - first - count / 2.0) * pixelMm;
  }

  /** A linear function of the place is the same function after the transfer, away from the edge. */
  @Test
  void linearValuesStayWhereTheyAreInTheScan() {
    List<SliceGeometry> all =
        List.of(geometry(32), geometry(16), geometry(64), geometry(64, 1.2), geometry(32, 2.5));
    for (SliceGeometry from : all) {
      float[] slice = new float[from.area()];
      for (int y = 0; y < from.sliceSize(); y++) {
        for (int x = 0; x < from.sliceSize(); x++) {
          slice[y * from.sliceSize() + x] = (float) linear(from, x, y);
        }
      }
      for (SliceGeometry to : all) {
        float[] out = new SliceTransfer(from, to).values(slice, -10);
        double edge = Math.max(from.pixelMm(), to.pixelMm());
        int inside = 0;
        for (int y = 0; y < to.sliceSize(); y++) {
          for (int x = 0; x < to.sliceSize(); x++) {
            float value = out[y * to.sliceSize() + x];
            double right = mm(x, to.firstColumn(), to.columns(), to.pixelMm());
            double front = mm(y, to.firstRow(), to.rows(), to.pixelMm());
            if (Math.abs(right) < 30 - edge && Math.abs(front) < 18 - edge) {
              assertEquals(linear(to, x, y), value, 1e-4, from + " to " + to + ", " + x + " " + y);
              inside++;
            } else if (Math.abs(right) > 30 + edge || Math.abs(front) > 18 + edge) {
              assertEquals(-10, value, "where the slice shows nothing of the scan");
            }
          }
        }
        assertEquals(true, inside > 10, "pixels inside of " + to);
      }
    }
  }

  private static double linear(SliceGeometry slice, int x, int y) {
    return 0.3 * mm(x, slice.firstColumn(), slice.columns(), slice.pixelMm())
        - 0.1 * mm(y, slice.firstRow(), slice.rows(), slice.pixelMm());
  }

  @Test
  void betweenEqualSlicesNothingChanges() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    SliceGeometry slices = geometry(32);
    float[] slice = new float[slices.area()];
    for (int row = 0; row < slices.rows(); row++) {
      for (int column = 0; column < slices.columns(); column++) {
        slice[slices.origin() + row * 32 + column] = (float) random.nextDouble(-5, 5);
      }
    }
    SliceTransfer same = new SliceTransfer(slices, slices);
    assertArrayEquals(slice, same.values(slice, 0), "seed " + seed);
    int[] positions = same.positions(4);
    for (int i = 0; i < positions.length; i++) {
      assertEquals(i, positions[i]);
    }
  }

  /**
   * From 32 pixels of 1.875 mm to 16 of 3.75 mm, in positions of 2 x 2 pixels: the centre of the
   * first of 8 columns is the border between the first two of 16.
   */
  @Test
  void positionsAreTheNearest() {
    int[] coarser = new SliceTransfer(geometry(32), geometry(16)).positions(2);
    assertEquals(64, coarser.length);
    assertEquals(1 * 16 + 1, coarser[0]);
    assertEquals(1 * 16 + 3, coarser[1]);
    assertEquals(15 * 16 + 15, coarser[63]);
    int[] finer = new SliceTransfer(geometry(16), geometry(32)).positions(2);
    assertEquals(256, finer.length);
    assertEquals(0, finer[0]);
    assertEquals(0, finer[1]);
    assertEquals(1, finer[2]);
    assertEquals(63, finer[255]);
  }

  @Test
  void otherPlanesAreRefused() {
    SliceGeometry planes = geometry(32, 3.0, 2.5);
    assertEquals(12, planes.slices());
    assertThrows(IllegalArgumentException.class, () -> new SliceTransfer(geometry(32), planes));
    new SliceTransfer(geometry(32).withPlanesOf(planes), planes);
    Grid other = new Grid(20, 12, 7, Affine.scaling(3, 3, 5));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            planes.withPlanesOf(
                SliceGeometry.of(other, new Preprocessing(32, -125, 275, List.of()))));
  }
}
