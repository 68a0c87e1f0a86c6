package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;

/**
 * Voxels that a reference leaves out, by hand, with right angles and without: the first is measured
 * by the distance transform, the second by the search for the nearest voxel. A step along x or y is
 * 1 mm, one along z lies {@code shift} mm further along y. No test has a nearest voxel whose
 * distance the shift changes, other than those that compare two maps of one grid.
 */
class IgnoredVoxelsTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final byte IGNORED = (byte) CaseScorer.IGNORED;

  private static Grid grid(int nx, int ny, int nz, double shift) {
    return new Grid(nx, ny, nz, Affine.of(1, 0, 0, 0, 0, 1, shift, 0, 0, 0, 1, 0));
  }

  private static CaseScore score(Grid grid, byte[] reference, byte[] predicted) {
    return new CaseScorer(List.of("liver"), 2).score("a", grid, reference, predicted).get(0);
  }

  /** Gives the voxels of a block a value; {@code to} is the first that does not belong to it. */
  private static void fill(Grid grid, byte[] map, int value, int[] from, int[] to) {
    for (int z = from[2]; z < to[2]; z++) {
      for (int y = from[1]; y < to[1]; y++) {
        for (int x = from[0]; x < to[0]; x++) {
          map[grid.index(x, y, z)] = (byte) value;
        }
      }
    }
  }

  private static byte[] block(Grid grid, int[] from, int[] to) {
    byte[] map = new byte[grid.size()];
    fill(grid, map, 1, from, to);
    return map;
  }

  private static int[] at(int x, int y, int z) {
    return new int[] {x, y, z};
  }

  /** Cubes of 10 voxels, 4 apart along x; a hole where both have their inside hides no surface. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4})
  void aHoleInsideBothOrgansChangesNoSurface(double shift) {
    Grid grid = grid(16, 12, 12, shift);
    byte[] reference = block(grid, at(1, 1, 1), at(11, 11, 11));
    byte[] predicted = block(grid, at(5, 1, 1), at(15, 11, 11));
    CaseScore whole = score(grid, reference, predicted);
    fill(grid, reference, IGNORED, at(6, 2, 2), at(10, 10, 10));
    CaseScore hole = score(grid, reference, predicted);
    assertEquals(whole.surfaceDice(), hole.surfaceDice());
    assertEquals(whole.hd95Mm(), hole.hd95Mm());
    assertEquals(whole.assdMm(), hole.assdMm());
    assertEquals(0.6, whole.dice().getAsDouble(), 1e-12, "600 of 1000 voxels");
    int left = 1000 - 4 * 8 * 8;
    assertEquals(2.0 * (600 - 4 * 8 * 8) / (2 * left), hole.dice().getAsDouble(), 1e-12);
    assertEquals(left / 1000.0, hole.referenceMl(), 1e-12);
    assertEquals(left / 1000.0, hole.predictedMl(), 1e-12);
  }

  /**
   * The same cubes at x 0 to 9 and 4 to 13. Of the 488 surface voxels of the reference, 36 are
   * around each of the layers x = 0 to 9, and 64 more in layer 0 and in layer 9. The rings of
   * layers 0 to 3 are 4, 3, 2, 1 mm from the prediction's layer 4, the other rings on its surface,
   * the inside of layer 0 is 4 mm from it. The inside of layer 9 is as far from the prediction's
   * ring as from the edge of the layer: 28 voxels 1 mm, 20 2 mm, 12 3 mm, 4 4 mm. The prediction
   * mirrors it.
   */
  @Test
  void aHoleHidesTheSurfaceInsideItAndAddsNone() {
    Grid grid = grid(16, 12, 12, 0);
    byte[] reference = block(grid, at(1, 1, 1), at(11, 11, 11));
    byte[] predicted = block(grid, at(5, 1, 1), at(15, 11, 11));
    double sum = 36 * (4 + 3 + 2 + 1) + 64 * 4 + 28 + 20 * 2 + 12 * 3 + 4 * 4;
    double near = 8 * 36 + 28 + 20; // within 2 mm
    CaseScore whole = score(grid, reference, predicted);
    assertEquals(near / 488, whole.surfaceDice().getAsDouble(), 1e-12, "0.689");
    assertEquals(sum / 488, whole.assdMm().getAsDouble(), 1e-6, "1.51 mm");
    // 6 x 6 x 6 voxels in the middle of the reference: of the prediction's layer 4, the 36 voxels
    // that are 2, 3 and 4 mm from its edge are ignored; the reference's surface is whole. What lay
    // 4 mm from these in layer 0 has its nearest voxel beside the hole, 1, 2 and 3 mm aside.
    fill(grid, reference, IGNORED, at(3, 3, 3), at(9, 9, 9));
    CaseScore score = score(grid, reference, predicted);
    double there = sum - 36 * 4 + 20 * Math.sqrt(17) + 12 * Math.sqrt(20) + 4 * 5;
    double back = sum - (20 * 2 + 12 * 3 + 4 * 4);
    int surfaces = 488 + 488 - 36;
    assertEquals((2 * near - 20) / surfaces, score.surfaceDice().getAsDouble(), 1e-12, "0.694");
    assertEquals((there + back) / surfaces, score.assdMm().getAsDouble(), 1e-6, "1.48 mm");
  }

  /**
   * A cube of 3 voxels beside an ignored layer: the middle of its face there is no surface. The
   * prediction goes on for one voxel behind the layer, where all 9 voxels are surface.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4})
  void anOrganBesideALayerOfIgnoredVoxels(double shift) {
    Grid grid = grid(9, 7, 7, shift);
    byte[] reference = block(grid, at(2, 2, 2), at(5, 5, 5));
    byte[] predicted = block(grid, at(2, 2, 2), at(7, 5, 5));
    fill(grid, reference, IGNORED, at(5, 0, 0), at(6, 7, 7));
    VoxelBox box = new VoxelBox(2, 2, 2, 3, 3, 3);
    int[] surface = Surface.voxels(new OrganMask(grid, reference, reference, (byte) 1), box);
    int[] expected = new int[27 - 2];
    for (int i = 0, n = 0; i < 27; i++) {
      if (i != 13 && i != 14) { // the centre, and its neighbour at x = 4
        expected[n++] = i;
      }
    }
    assertArrayEquals(expected, surface);
    CaseScore score = score(grid, reference, predicted);
    // Behind the layer 8 voxels are 2 mm from the cube's edge, the middle one is 1 mm further
    // aside.
    assertEquals((8 * 2 + Math.sqrt(5)) / (25 + 34), score.assdMm().getAsDouble(), 1e-6);
    // Back: 25 zeros, 8 times 2, once 2.236: rank .95 * 33 = 31.35 lies among the 2s.
    assertEquals(2, score.hd95Mm().getAsDouble(), 1e-6);
    assertEquals(58 / 59.0, score.surfaceDice().getAsDouble(), 1e-12);
    assertEquals(2.0 * 27 / (27 + 36), score.dice().getAsDouble(), 1e-12);
  }

  /** Ignored voxels on all sides of an organ that reaches the volume's border: that is surface. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4})
  void theBorderOfTheVolumeIsSurfaceAmongIgnoredVoxelsToo(double shift) {
    Grid grid = grid(5, 5, 5, shift);
    byte[] reference = new byte[grid.size()];
    Arrays.fill(reference, IGNORED);
    fill(grid, reference, 1, at(0, 1, 1), at(4, 4, 4));
    byte[] predicted = block(grid, at(0, 0, 0), at(5, 5, 5));
    VoxelBox box = new VoxelBox(0, 1, 1, 4, 3, 3);
    int[] border = {0, 4, 8, 12, 16, 20, 24, 28, 32};
    assertArrayEquals(
        border, Surface.voxels(new OrganMask(grid, reference, reference, (byte) 1), box));
    assertArrayEquals(
        border, Surface.voxels(new OrganMask(grid, predicted, reference, (byte) 1), box));
    CaseScore score = score(grid, reference, predicted);
    assertEquals(OptionalDouble.of(1), score.surfaceDice());
    assertEquals(OptionalDouble.of(0), score.hd95Mm());
  }

  /** Everything but the organ's inside, 27 voxels, is ignored: there is no known surface. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4})
  void anOrganWithoutASurfaceIsFoundButNotMeasured(double shift) {
    Grid grid = grid(7, 7, 7, shift);
    byte[] reference = new byte[grid.size()];
    Arrays.fill(reference, IGNORED);
    fill(grid, reference, 1, at(2, 2, 2), at(5, 5, 5));
    double diagonal = VoxelSteps.diagonalMm(grid);
    byte[] predicted = block(grid, at(0, 0, 0), at(7, 7, 7));
    OptionalDouble one = OptionalDouble.of(1);
    assertEquals(
        new CaseScore("a", "liver", one, NONE, NONE, NONE, 0.027, 0.027, false, false, diagonal),
        rounded(score(grid, reference, predicted)));
    assertTrue(SurfaceDistances.between(grid, reference, predicted, 1).isEmpty());
    // A prediction with a surface around one voxel: the reference still has none.
    predicted[grid.index(3, 3, 3)] = 0;
    OptionalDouble dice = OptionalDouble.of(2.0 * 26 / (27 + 26));
    CaseScore score = score(grid, reference, predicted);
    assertEquals(
        new CaseScore("a", "liver", dice, NONE, NONE, NONE, 0.027, 0.026, false, false, diagonal),
        rounded(score));
    for (Metric metric : List.of(Metric.HD95_WITH_MISSES, Metric.ASSD_WITH_MISSES)) {
      assertEquals(NONE, metric.of(score), "no miss, so no diagonal");
    }
    // The other way round: one voxel of the reference is background, all is predicted.
    byte[] all = block(grid, at(0, 0, 0), at(7, 7, 7));
    reference[grid.index(3, 3, 3)] = 0;
    CaseScore back = score(grid, reference, all);
    assertEquals(dice, back.dice());
    assertEquals(NONE, back.surfaceDice());
    // Nothing is predicted: a miss, which is judged as any other.
    CaseScore missed = score(grid, reference, new byte[grid.size()]);
    assertTrue(missed.missed());
    assertEquals(OptionalDouble.of(0), missed.surfaceDice());
    assertEquals(OptionalDouble.of(diagonal), Metric.HD95_WITH_MISSES.of(missed));
  }

  /** Volumes to 10^-9 ml. */
  private static CaseScore rounded(CaseScore score) {
    return new CaseScore(
        score.id(),
        score.organ(),
        score.dice(),
        score.surfaceDice(),
        score.hd95Mm(),
        score.assdMm(),
        Math.rint(score.referenceMl() * 1e9) / 1e9,
        Math.rint(score.predictedMl() * 1e9) / 1e9,
        score.missed(),
        score.falsePositive(),
        score.diagonalMm());
  }
}
