package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.Volume;

class ScanChecksTest {
  private static final Subject SUBJECT = new Subject("a", Path.of("i", "a.nii"), Path.of("l", "a"));

  @Test
  void nanIsCountedAndPlaced() {
    Volume volume = new Volume(new Grid(3, 4, 2, Affine.scaling(1, 1, 1)), new float[24]);
    assertDoesNotThrow(() -> ScanChecks.finite(Path.of("a.nii"), volume));
    volume.voxels()[volume.grid().index(2, 1, 1)] = Float.NaN;
    volume.voxels()[volume.grid().index(1, 3, 1)] = Float.NEGATIVE_INFINITY;
    BadInputException e =
        assertThrows(BadInputException.class, () -> ScanChecks.finite(Path.of("a.nii"), volume));
    assertEquals(
        "a.nii has 2 voxels that are NaN or infinite, the first at index (2, 1, 1).", e.problem());
  }

  @Test
  void gridsMayDifferByRoundingOnly() {
    Grid image = new Grid(10, 10, 5, Affine.scaling(0.8, 0.8, 3));
    Grid rounded = new Grid(10, 10, 5, Affine.scaling(0.8001, 0.8, 3));
    assertDoesNotThrow(() -> ScanChecks.sameGrid(SUBJECT, image, rounded));
    Grid other = new Grid(10, 10, 5, Affine.scaling(0.8, 0.8, 2.5));
    BadInputException e =
        assertThrows(BadInputException.class, () -> ScanChecks.sameGrid(SUBJECT, image, other));
    assertTrue(e.problem().contains(SUBJECT.image().toString()), e.problem());
    assertTrue(e.problem().contains("10x10x5 voxels of 0.800 x 0.800 x 3.000 mm"), e.problem());
    assertTrue(e.problem().contains("0.800 x 0.800 x 2.500 mm"), e.problem());
    Grid shorter = new Grid(10, 10, 4, image.affine());
    assertThrows(BadInputException.class, () -> ScanChecks.sameGrid(SUBJECT, image, shorter));
  }

  @Test
  void digestIsOfValuesAndShape() {
    float[] voxels = {0, 1, 2, 3, 4, 5};
    Affine one = Affine.scaling(1, 1, 1);
    String digest = VoxelDigest.of(new Volume(new Grid(3, 2, 1, one), voxels));
    float[] negativeZero = voxels.clone();
    negativeZero[0] = -0f;
    Affine two = Affine.scaling(2, 2, 2);
    assertEquals(digest, VoxelDigest.of(new Volume(new Grid(3, 2, 1, two), negativeZero)));
    assertNotEquals(digest, VoxelDigest.of(new Volume(new Grid(2, 3, 1, one), voxels)));
    float[] changed = voxels.clone();
    changed[5] = Math.nextUp(5f);
    assertNotEquals(digest, VoxelDigest.of(new Volume(new Grid(3, 2, 1, one), changed)));
    // sha256 of the int32s 1, 1, 1 and the float32 1.0, big-endian, by coreutils.
    assertEquals(
        "cb1dc12589ba9211d03f52d0e573d711c5d06f4c6cd585d9c69d5aeed772d650",
        VoxelDigest.of(new Volume(new Grid(1, 1, 1, one), new float[] {1})));
  }
}
