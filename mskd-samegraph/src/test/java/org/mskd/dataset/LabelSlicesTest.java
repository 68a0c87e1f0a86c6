package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Preprocessing;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.Volume;

/** Which class wins a pixel of 2 x 2 voxels, or of two planes. */
class LabelSlicesTest {
  private static byte winner(float... voxels) {
    Grid grid = new Grid(32, 32, 1, Affine.scaling(1, 1, 1));
    float[] label = new float[grid.size()];
    label[0] = voxels[0];
    label[1] = voxels[1];
    label[32] = voxels[2];
    label[33] = voxels[3];
    Preprocessing preprocessing = new Preprocessing(16, -1, 1, List.of());
    byte[] out = new byte[256];
    boolean any =
        new LabelSlices(new Volume(grid, label), SliceGeometry.of(grid, preprocessing))
            .slice(0, out);
    assertEquals(out[0] != 0, any);
    return out[0];
  }

  @Test
  void theLargestShareWins() {
    assertEquals(1, winner(1, 1, 1, 0));
    assertEquals(0, winner(0, 0, 1, 0));
    assertEquals(2, winner(2, 1, 2, 0));
  }

  @Test
  void backgroundWinsTiesThenTheLowerClass() {
    assertEquals(0, winner(1, 1, 0, 0));
    assertEquals(0, winner(1, 0, 0, 2));
    assertEquals(1, winner(2, 1, 1, 2));
    assertEquals(3, winner(3, 3, 4, 4));
  }

  @Test
  void planesAreSharedToo() {
    Grid grid = new Grid(16, 16, 4, Affine.scaling(1, 1, 2));
    float[] label = new float[grid.size()];
    label[grid.index(5, 6, 0)] = 1;
    label[grid.index(5, 6, 1)] = 1;
    label[grid.index(9, 9, 2)] = 1;
    Preprocessing preprocessing = new Preprocessing(16, -1, 1, List.of(1.0, 4.0));
    LabelSlices slices =
        new LabelSlices(new Volume(grid, label), SliceGeometry.of(grid, preprocessing));
    byte[] out = new byte[256];
    assertTrue(slices.slice(0, out));
    assertEquals(1, out[6 * 16 + 5]);
    // Half of the second slice's thickness is a tie.
    assertFalse(slices.slice(1, out));
    assertEquals(0, out[9 * 16 + 9]);
  }
}
