package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mskd.evaluation.CaseScores.absent;
import static org.mskd.evaluation.CaseScores.falsePositive;
import static org.mskd.evaluation.CaseScores.found;
import static org.mskd.evaluation.CaseScores.missed;
import static org.mskd.evaluation.CaseScores.withoutSurface;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ModelScoreTest {
  private static ModelScore of(CaseScore... scores) {
    return ModelScore.of("m", new ModelCost(1, 1, 1000), List.of(scores), 2021);
  }

  private static void assertSummary(double mean, int n, Summary summary) {
    assertEquals(mean, summary.mean().getAsDouble(), 1e-12);
    assertEquals(n, summary.n());
  }

  /** The spleen in one of two cases: the mean of the distances found alone says nothing of it. */
  @Test
  void aMissCountsInEveryMeanThatClaimsAllCases() {
    OrganScore spleen =
        of(found("a", "spleen", 0.5, 74.07, 3), missed("b", "spleen")).organs().get("spleen");
    assertEquals(2, spleen.cases());
    assertEquals(1, spleen.missed());
    assertSummary(74.07, 1, spleen.of(Metric.HD95));
    assertSummary((74.07 + 500) / 2, 2, spleen.of(Metric.HD95_WITH_MISSES));
    assertSummary((3 + 500) / 2.0, 2, spleen.of(Metric.ASSD_WITH_MISSES));
    assertSummary(0.25, 2, spleen.of(Metric.DICE));
    assertSummary(0.75 / 2, 2, spleen.of(Metric.SURFACE_DICE));
    // 90 and 0 of 100 ml
    assertSummary(-55, 2, spleen.of(Metric.VOLUME_DIFFERENCE));
    assertSummary(55, 2, spleen.of(Metric.ABSOLUTE_VOLUME_DIFFERENCE));
    assertEquals(
        (500 - 74.07) / Math.sqrt(2), spleen.of(Metric.HD95_WITH_MISSES).sd().getAsDouble(), 1e-9);
    // Of two cases a resample is the one, the other, or both: a quarter each at the ends.
    assertEquals(
        Optional.of(new Interval(74.07, 500)), spleen.of(Metric.HD95_WITH_MISSES).interval());
    assertEquals(Optional.empty(), spleen.of(Metric.HD95).interval(), "one case");
  }

  /** Of four cases three have a Dice, two a surface Dice (one of them a miss), one a distance. */
  @Test
  void aCaseWithoutASurfaceChangesNoMeanOfSurfacesAndIsNoMiss() {
    ModelScore model =
        of(
            found("a", "liver", 0.9, 4, 1),
            withoutSurface("b", "liver", 0.6),
            missed("c", "liver"),
            absent("d", "liver"),
            withoutSurface("a", "spleen", 0.5));
    OrganScore liver = model.organs().get("liver");
    assertEquals(3, liver.cases());
    assertEquals(1, liver.missed());
    assertSummary((0.9 + 0.6) / 3, 3, liver.of(Metric.DICE));
    assertSummary(0.75 / 2, 2, liver.of(Metric.SURFACE_DICE));
    assertSummary(4, 1, liver.of(Metric.HD95));
    assertSummary((4 + 500) / 2.0, 2, liver.of(Metric.HD95_WITH_MISSES));
    assertSummary(1, 1, liver.of(Metric.ASSD));
    assertSummary((1 + 500) / 2.0, 2, liver.of(Metric.ASSD_WITH_MISSES));
    assertSummary((-10 - 10 - 100) / 3.0, 3, liver.of(Metric.VOLUME_DIFFERENCE));
    OrganScore spleen = model.organs().get("spleen");
    assertEquals(1, spleen.cases());
    assertEquals(0, spleen.missed());
    assertEquals(
        new Summary(OptionalDouble.empty(), OptionalDouble.empty(), 0, Optional.empty()),
        spleen.of(Metric.HD95_WITH_MISSES));
    assertSummary(0.75 / 2, 1, model.mean().of(Metric.SURFACE_DICE));
    assertSummary(0.5, 2, model.mean().of(Metric.DICE));
  }

  @Test
  void signedAndAbsoluteVolumeDifferences() {
    OptionalDouble one = OptionalDouble.of(1);
    OrganScore liver =
        of(
                new CaseScore("a", "liver", one, one, one, one, 10, 14, false, false, 9),
                new CaseScore("b", "liver", one, one, one, one, 10, 7, false, false, 9))
            .organs()
            .get("liver");
    assertSummary(0.5, 2, liver.of(Metric.VOLUME_DIFFERENCE));
    assertSummary(3.5, 2, liver.of(Metric.ABSOLUTE_VOLUME_DIFFERENCE));
  }

  /** Otherwise cases without the organ would improve the mean. */
  @Test
  void casesWithoutTheOrganChangeNoMean() {
    OrganScore liver =
        of(
                found("a", "liver", 0.8, 4, 1),
                absent("b", "liver"),
                falsePositive("c", "liver", 2.5),
                falsePositive("d", "liver", 4))
            .organs()
            .get("liver");
    assertEquals(1, liver.cases());
    assertEquals(2, liver.falsePositiveCases());
    assertEquals(6.5, liver.falsePositiveMl(), 1e-12);
    assertSummary(0.8, 1, liver.of(Metric.DICE));
    assertSummary(10, 1, liver.of(Metric.ABSOLUTE_VOLUME_DIFFERENCE));
  }

  @Test
  void theMeanIsOverOrgansAndItsCountsAreSums() {
    ModelScore model =
        of(
            found("a", "liver", 0.9, 4, 1),
            found("b", "liver", 0.7, 6, 2),
            missed("a", "spleen"),
            falsePositive("b", "spleen", 3),
            absent("a", "kidney"),
            absent("b", "kidney"));
    OrganScore mean = model.mean();
    assertEquals(OptionalDouble.of((0.8 + 0) / 2), model.meanDice());
    assertSummary(0.4, 2, mean.of(Metric.DICE));
    assertSummary(5, 1, mean.of(Metric.HD95));
    assertSummary((5 + 500) / 2.0, 2, mean.of(Metric.HD95_WITH_MISSES));
    assertEquals(OptionalDouble.empty(), mean.of(Metric.DICE).sd());
    assertEquals(3, mean.cases());
    assertEquals(1, mean.missed());
    assertEquals(1, mean.falsePositiveCases());
    assertEquals(3, mean.falsePositiveMl());
    // Resamples aa: (0.9 + 0) / 2; bb: liver alone, 0.7; ab: (0.8 + 0) / 2. A quarter each of the
    // first two, so the ends are the smallest and the largest.
    Interval interval = mean.of(Metric.DICE).interval().orElseThrow();
    assertEquals(0.4, interval.low(), 1e-12);
    assertEquals(0.7, interval.high(), 1e-12);
  }

  @Test
  void organsThatNoCaseHasAreUndefined() {
    ModelScore none = of(absent("a", "liver"), absent("b", "liver"));
    assertEquals(OptionalDouble.empty(), none.meanDice());
    assertEquals(
        new Summary(OptionalDouble.empty(), OptionalDouble.empty(), 0, Optional.empty()),
        none.mean().of(Metric.HD95_WITH_MISSES));
    assertEquals(
        OptionalDouble.of(0.5),
        of(absent("a", "liver"), found("a", "spleen", 0.5, 1, 1)).meanDice());
    assertEquals(OptionalDouble.empty(), of().meanDice());
  }

  /** The mean of n values has about a normal distribution of sd s sqrt((n - 1)/n) / sqrt(n). */
  @Test
  void intervalsAgreeWithTheNormalApproximationForManyCases() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    List<CaseScore> cases = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      cases.add(found("case" + i, "liver", 0.5 + 0.4 * random.nextDouble(), 1, 1));
    }
    Summary dice =
        ModelScore.of("m", new ModelCost(1, 1, 1000), cases, 9)
            .organs()
            .get("liver")
            .of(Metric.DICE);
    double half = 1.96 * dice.sd().getAsDouble() / Math.sqrt(200);
    Interval interval = dice.interval().orElseThrow();
    double mean = dice.mean().getAsDouble();
    assertEquals(mean - half, interval.low(), 0.15 * half, "seed " + seed);
    assertEquals(mean + half, interval.high(), 0.15 * half, "seed " + seed);
    assertEquals(
        Optional.of(new Interval(1, 1)),
        ModelScore.of("m", new ModelCost(1, 1, 1000), cases, 9)
            .organs()
            .get("liver")
            .of(Metric.HD95)
            .interval());
  }

  /** If organs were resampled apart, the interval of their mean would be narrower. */
  @Test
  void organsAreResampledTogether() {
    List<CaseScore> cases = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (String organ : List.of("kidney", "liver", "spleen")) {
        cases.add(found("case" + i, organ, i / 10.0, 1, 1));
      }
    }
    ModelScore model = ModelScore.of("m", new ModelCost(1, 1, 1000), cases, 3);
    Interval one = model.organs().get("liver").of(Metric.DICE).interval().orElseThrow();
    Interval all = model.mean().of(Metric.DICE).interval().orElseThrow();
    assertEquals(one.low(), all.low(), 1e-12);
    assertEquals(one.high(), all.high(), 1e-12);
  }

  @Test
  void equalSeedsGiveEqualIntervalsAndOthersDoNot() {
    List<CaseScore> cases = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      cases.add(found("case" + i, "liver", i * i / 400.0, 1, 1));
    }
    assertEquals(
        ModelScore.of("m", new ModelCost(1, 1, 1000), cases, 1),
        ModelScore.of("m", new ModelCost(1, 1, 1000), cases, 1));
    Interval one =
        ModelScore.of("m", new ModelCost(1, 1, 1000), cases, 1)
            .mean()
            .of(Metric.DICE)
            .interval()
            .get();
    Interval other =
        ModelScore.of("m", new ModelCost(1, 1, 1000), cases, 2)
            .mean()
            .of(Metric.DICE)
            .interval()
            .get();
    assertTrue(!one.equals(other), one + " " + other);
  }

  @Test
  void anOrganOfACaseHasOneScore() {
    assertThrows(
        IllegalArgumentException.class, () -> of(absent("a", "liver"), absent("a", "liver")));
  }
}
