package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;

class CaseScorerTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final byte IGNORED = (byte) CaseScorer.IGNORED;

  private static OptionalDouble dice(byte[] reference, byte[] predicted, int value) {
    Grid grid = new Grid(reference.length, 1, 1, Affine.scaling(1, 1, 1));
    ClassVoxels voxels = ClassVoxels.of(grid, reference, predicted);
    return DiceScore.of(
        voxels.inBoth(value), voxels.inReference(value), voxels.inPrediction(value));
  }

  @Test
  void diceByHand() {
    // 27 voxels each, 18 shared: 2 * 18 / 54
    assertEquals(OptionalDouble.of(36.0 / 54), DiceScore.of(18, 27, 27));
    // Sizes differ: 1 and 3 voxels, 1 shared.
    assertEquals(OptionalDouble.of(0.5), dice(new byte[] {0, 1, 0}, new byte[] {1, 1, 1}, 1));
    assertEquals(OptionalDouble.of(0), dice(new byte[] {1, 0}, new byte[] {0, 1}, 1));
    byte[] map = {(byte) 200, 0};
    assertEquals(OptionalDouble.of(1), dice(map, map, 200), "classes are unsigned");
    assertThrows(IllegalArgumentException.class, () -> DiceScore.of(3, 2, 4));
  }

  @Test
  void missingStructures() {
    byte[] empty = new byte[4];
    byte[] some = {0, 2, 2, 0};
    assertEquals(NONE, dice(empty, some, 2), "absent from the reference");
    assertEquals(NONE, dice(empty, empty, 2), "absent from both");
    assertEquals(OptionalDouble.of(0), dice(some, empty, 2), "missed");
  }

  @Test
  void eachOrganOfACase() {
    Grid grid = new Grid(6, 1, 1, Affine.scaling(2, 10, 5)); // voxels of 100 mm3
    byte[] reference = {1, 1, 0, 2, 0, 0};
    byte[] predicted = {1, 0, 0, 0, 3, 3};
    List<CaseScore> scores =
        new CaseScorer(List.of("liver", "spleen", "kidney", "pancreas"), 1)
            .score("abd01", grid, reference, predicted);
    assertEquals(4, scores.size());
    CaseScore liver = scores.get(0);
    assertEquals("abd01", liver.id());
    assertEquals("liver", liver.organ());
    assertEquals(2.0 / 3, liver.dice().getAsDouble());
    // Reference to prediction: 0 and 2 mm, so the 95th percentile is 1.9; back: 0.
    assertEquals(1.9, liver.hd95Mm().getAsDouble(), 1e-9);
    assertEquals(2.0 / 3, liver.assdMm().getAsDouble(), 1e-9);
    assertEquals(2.0 / 3, liver.surfaceDice().getAsDouble(), 1e-12, "2 of 3 within 1 mm");
    assertEquals(0.2, liver.referenceMl(), 1e-12);
    assertEquals(0.1, liver.predictedMl(), 1e-12);
    assertEquals(-0.1, liver.volumeDifferenceMl().getAsDouble(), 1e-12);
    assertEquals(10, liver.diagonalMm(), 1e-12, "5 steps of 2 mm");
    OptionalDouble zero = OptionalDouble.of(0);
    CaseScore spleen = scores.get(1);
    assertEquals(
        new CaseScore("abd01", "spleen", zero, zero, NONE, NONE, 0.1, 0, true, false, 10), spleen);
    assertEquals(OptionalDouble.of(-0.1), spleen.volumeDifferenceMl());
    assertEquals(
        new CaseScore("abd01", "kidney", NONE, NONE, NONE, NONE, 0, 0.2, false, true, 10),
        scores.get(2));
    assertEquals(
        new CaseScore("abd01", "pancreas", NONE, NONE, NONE, NONE, 0, 0, false, false, 10),
        scores.get(3));
  }

  /** No spleen in the reference, 683 voxels of 0.8 x 0.8 x 2.5 mm predicted: 1.0928 ml. */
  @Test
  void aPredictionOfAnAbsentOrganIsAFalsePositiveWithItsVolume() {
    Grid grid = new Grid(30, 30, 10, Affine.of(0, 0.8, 0, 5, -0.8, 0, 0, 7, 0, 0, 2.5, 9));
    byte[] predicted = new byte[grid.size()];
    Arrays.fill(predicted, 1000, 1683, (byte) 1);
    List<CaseScore> cases =
        new CaseScorer(List.of("spleen"), 2).score("a", grid, new byte[grid.size()], predicted);
    CaseScore spleen = cases.get(0);
    assertTrue(spleen.falsePositive());
    assertFalse(spleen.missed());
    assertEquals(1.0928, spleen.predictedMl(), 1e-12);
    assertEquals(0, spleen.referenceMl());
    for (Metric metric : Metric.values()) {
      assertEquals(NONE, metric.of(spleen), metric.key());
    }
    OrganScore organ =
        ModelScore.of("m", new ModelCost(1, 1, 1000), cases, 1).organs().get("spleen");
    assertEquals(0, organ.cases());
    assertEquals(0, organ.missed());
    assertEquals(1, organ.falsePositiveCases());
    assertEquals(1.0928, organ.falsePositiveMl(), 1e-12);
  }

  /** A reference that nobody annotated for an organ does not show that the organ is absent. */
  @Test
  void anOrganThatTheReferencesDoNotAnnotateIsNeitherAbsentNorAFalsePositive() {
    Grid grid = new Grid(4, 4, 4, Affine.scaling(1, 1, 1));
    byte[] reference = new byte[grid.size()];
    Arrays.fill(reference, 0, 8, (byte) 2);
    byte[] predicted = reference.clone();
    Arrays.fill(predicted, 20, 40, (byte) 1);
    List<CaseScore> cases =
        new CaseScorer(List.of("kidney", "liver"), List.of("liver"), 2)
            .score("a", grid, reference, predicted);
    assertEquals(List.of("liver"), cases.stream().map(CaseScore::organ).toList());
    assertEquals(
        0, ModelScore.of("m", new ModelCost(1, 1, 1000), cases, 1).mean().falsePositiveCases());
  }

  @Test
  void aVoxelsVolumeIsTheDeterminantOnAShearedGridToo() {
    double tan = Math.tan(Math.toRadians(15));
    // Slices 4 mm apart along z, each shifted along y; left-handed.
    Grid grid = new Grid(4, 4, 5, Affine.of(-1, 0, 0, 0, 0, 2, 4 * tan, 0, 0, 0, 4, 0));
    byte[] all = new byte[grid.size()];
    Arrays.fill(all, (byte) 1);
    CaseScore score = new CaseScorer(List.of("liver"), 2).score("a", grid, all, all).get(0);
    assertEquals(80 * 8 / 1000.0, score.referenceMl(), 1e-12);
    // Opposite corners: x 3 mm, y 3 * 2 + 4 * 4 tan 15, z 16 mm; the other diagonals are shorter.
    double y = 6 + 16 * tan;
    assertEquals(Math.sqrt(9 + y * y + 256), score.diagonalMm(), 1e-12);
  }

  @Test
  void whatIsPredictedOnIgnoredVoxelsAloneIsNothing() {
    Grid grid = new Grid(5, 1, 1, Affine.scaling(1, 1, 1));
    List<CaseScore> scores =
        new CaseScorer(List.of("liver", "spleen"), 2)
            .score("a", grid, new byte[] {1, 0, IGNORED, IGNORED, 0}, new byte[] {0, 0, 1, 2, 0});
    assertTrue(scores.get(0).missed(), "found on an ignored voxel only");
    assertFalse(scores.get(1).falsePositive(), "predicted on an ignored voxel only");
    assertEquals(0, scores.get(1).predictedMl());
    byte[] all = {IGNORED, IGNORED, IGNORED, IGNORED, IGNORED};
    CaseScore nothing =
        new CaseScorer(List.of("liver"), 2)
            .score("a", grid, all, new byte[] {1, 1, 1, 1, 1})
            .get(0);
    assertEquals(NONE, nothing.dice());
    assertFalse(nothing.falsePositive());
  }

  @Test
  void refusesWhatDoesNotFit() {
    Grid grid = new Grid(2, 1, 1, Affine.scaling(1, 1, 1));
    CaseScorer scorer = new CaseScorer(List.of("liver"), 2);
    assertThrows(
        IllegalArgumentException.class, () -> scorer.score("a", grid, new byte[3], new byte[3]));
    assertThrows(
        IllegalArgumentException.class, () -> scorer.score("a", grid, new byte[2], new byte[3]));
    assertThrows(IllegalArgumentException.class, () -> new CaseScorer(List.of(), 2));
    assertThrows(IllegalArgumentException.class, () -> new CaseScorer(List.of("liver"), 0));
    String[] many = new String[128];
    Arrays.setAll(many, i -> "organ" + i);
    assertThrows(IllegalArgumentException.class, () -> new CaseScorer(List.of(many), 2));
  }

  @Test
  void scoresThatContradictEachOtherAreRefused() {
    OptionalDouble one = OptionalDouble.of(1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new CaseScore("a", "liver", one, one, one, one, 1, 0, true, false, 9));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CaseScore("a", "liver", one, one, NONE, NONE, 1, 1, false, false, 9));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CaseScore("a", "liver", one, one, one, one, 1, 1, false, true, 9));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CaseScore("a", "liver", one, NONE, one, one, 1, 1, false, false, 9),
        "distances without a surface Dice");
    assertThrows(
        IllegalArgumentException.class,
        () -> new CaseScore("a", "liver", one, one, one, NONE, 1, 1, false, false, 9));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CaseScore("a", "liver", one, NONE, NONE, NONE, 1, 0, true, false, 9),
        "a miss has a surface Dice of 0");
    assertThrows(
        IllegalArgumentException.class,
        () -> new CaseScore("a", "liver", NONE, one, one, one, 0, 0, false, false, 9),
        "an absent organ has no distances");
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
