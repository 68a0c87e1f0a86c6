package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;

class CaseScorerTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @Test
  void diceByHand() {
    // 27 voxels each, 18 shared: 2 * 18 / 54
    Grid grid = new Grid(7, 7, 8, Affine.scaling(1, 1, 2));
    byte[] reference = new byte[grid.size()];
    byte[] predicted = new byte[grid.size()];
    SurfaceDistancesTest.fillCube(grid, reference, 2, 2, 2, 3);
    SurfaceDistancesTest.fillCube(grid, predicted, 2, 2, 3, 3);
    assertEquals(OptionalDouble.of(36.0 / 54), DiceScore.of(reference, predicted, 1));
    assertEquals(OptionalDouble.of(1), DiceScore.of(reference, reference, 1));
    // Sizes differ: 1 and 3 voxels, 1 shared.
    assertEquals(
        OptionalDouble.of(0.5), DiceScore.of(new byte[] {0, 1, 0}, new byte[] {1, 1, 1}, 1));
    assertEquals(OptionalDouble.of(0), DiceScore.of(new byte[] {1, 0}, new byte[] {0, 1}, 1));
  }

  @Test
  void classesPast127AreUnsigned() {
    byte[] map = {(byte) 200, 0};
    assertEquals(OptionalDouble.of(1), DiceScore.of(map, map, 200));
  }

  @Test
  void missingStructures() {
    byte[] empty = new byte[4];
    byte[] some = {0, 2, 2, 0};
    assertEquals(NONE, DiceScore.of(empty, some, 2), "absent from the reference");
    assertEquals(NONE, DiceScore.of(empty, empty, 2), "absent from both");
    assertEquals(OptionalDouble.of(0), DiceScore.of(some, empty, 2), "missed");
    assertThrows(IllegalArgumentException.class, () -> DiceScore.of(new byte[3], new byte[4], 1));
  }

  @Test
  void eachOrganOfACase() {
    Grid grid = new Grid(6, 1, 1, Affine.scaling(2, 1, 1));
    byte[] reference = {1, 1, 0, 2, 0, 0};
    byte[] predicted = {1, 0, 0, 0, 3, 3};
    List<CaseScore> scores =
        new CaseScorer(List.of("liver", "spleen", "kidney"))
            .score("abd01", grid, reference, predicted);
    assertEquals(3, scores.size());
    CaseScore liver = scores.get(0);
    assertEquals("abd01", liver.id());
    assertEquals("liver", liver.organ());
    assertEquals(2.0 / 3, liver.dice().getAsDouble());
    // Reference to prediction: 0 and 2 mm, so the 95th percentile is 1.9; back: 0.
    assertEquals(1.9, liver.hd95Mm().getAsDouble(), 1e-9);
    assertEquals(2.0 / 3, liver.assdMm().getAsDouble(), 1e-9);
    assertEquals(new CaseScore("abd01", "spleen", OptionalDouble.of(0), NONE, NONE), scores.get(1));
    assertEquals(new CaseScore("abd01", "kidney", NONE, NONE, NONE), scores.get(2));
  }

  @Test
  void refusesMapsThatDoNotFit() {
    Grid grid = new Grid(2, 1, 1, Affine.scaling(1, 1, 1));
    CaseScorer scorer = new CaseScorer(List.of("liver"));
    assertThrows(
        IllegalArgumentException.class, () -> scorer.score("a", grid, new byte[3], new byte[3]));
    assertThrows(IllegalArgumentException.class, () -> new CaseScorer(List.of()));
  }

  @Test
  void statisticsByHand() {
    assertEquals(OptionalDouble.of(5), Statistics.mean(2, 4, 4, 4, 5, 5, 7, 9));
    // Squares about 5: 9+1+1+1+0+0+4+16 = 32, over n - 1 = 7
    assertEquals(
        Math.sqrt(32 / 7.0),
        Statistics.standardDeviation(2, 4, 4, 4, 5, 5, 7, 9).getAsDouble(),
        1e-15);
    assertEquals(NONE, Statistics.mean());
    assertEquals(NONE, Statistics.standardDeviation(3));
    assertEquals(7, Statistics.percentile(new double[] {7}, 95));
    assertEquals(9, Statistics.percentile(new double[] {7, 9}, 100));
  }
}
