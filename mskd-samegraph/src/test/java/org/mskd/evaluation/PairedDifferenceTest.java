package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
  private static final SignedRank NO_TEST = new SignedRank(0, OptionalDouble.empty());

  private static ModelScore model(CaseScore... cases) {
    return ModelScore.of("m", new ModelCost(1, 1, 10), List.of(cases), 1);
  }

  private static CaseScore dice(String id, String organ, double dice) {
    return CaseScores.found(id, organ, dice, 1, 1);
  }

  @Test
  void isTheMeanOverOrgansOfTheMeanOverPairs() {
    ModelScore one = model(dice("a", "liver", .9), dice("b", "liver", .8), dice("a", "spleen", .5));
    // In another order; b has no spleen in the reference.
    ModelScore other =
        model(
            CaseScores.absent("b", "spleen"),
            dice("b", "liver", .5),
            dice("a", "spleen", .6),
            dice("a", "liver", .8));
    // Liver: (.1 + .3) / 2 = .2; spleen: -.1; mean .05.
    PairedDifference difference = PairedDifference.of(one, other, 1).orElseThrow();
    assertEquals(.05, difference.mean(), 1e-12);
    assertEquals(-.05, PairedDifference.of(other, one, 1).orElseThrow().mean(), 1e-12);
  }

  @Test
  void aConstantDifferenceHasAnIntervalOfNoWidth() {
    ModelScore one = model(dice("a", "liver", .9), dice("b", "liver", .3));
    ModelScore other = model(dice("a", "liver", .8), dice("b", "liver", .2));
    Interval interval = PairedDifference.of(one, other, 5).orElseThrow().interval().orElseThrow();
    assertEquals(.1, interval.low(), 1e-9);
    assertEquals(.1, interval.high(), 1e-9);
    assertEquals("+0.100 [0.100, 0.100]", PairedDifference.of(one, other, 5).orElseThrow().text());
  }

  /** Rounded half up, away from zero. */
  @Test
  void aZeroHasNoMinus() {
    for (double zero : new double[] {0, -0.0, -.0001, -.00049, .00049}) {
      PairedDifference difference =
          new PairedDifference(
              0, 0, zero, 2, Optional.of(new Interval(-Math.abs(zero), Math.abs(zero))), NO_TEST);
      assertEquals("+0.000", difference.meanText());
      assertEquals("+0.000 [0.000, 0.000]", difference.text());
    }
    assertEquals("-0.001", new PairedDifference(0, 0, -.0006, 1, Optional.empty(), NO_TEST).text());
    assertEquals("+0.001", new PairedDifference(0, 0, .0006, 1, Optional.empty(), NO_TEST).text());
  }

  @Test
  void isEmptyWithoutACommonCase() {
    assertTrue(
        PairedDifference.of(model(dice("a", "liver", 1)), model(dice("b", "liver", 1)), 1)
            .isEmpty());
    assertTrue(
        PairedDifference.of(model(dice("a", "liver", 1)), model(dice("a", "spleen", 1)), 1)
            .isEmpty());
  }

  @Test
  void aSinglePairHasNoInterval() {
    PairedDifference difference =
        PairedDifference.of(model(dice("a", "liver", .4)), model(dice("a", "liver", .6)), 1)
            .orElseThrow();
    assertEquals("-0.200", difference.text());
  }

  @Test
  void anOrganIsTheMeanOverItsPairs() {
    ModelScore one =
        model(
            dice("a", "liver", .9),
            dice("b", "liver", .8),
            dice("c", "liver", .7),
            dice("a", "spleen", .5));
    ModelScore other =
        model(dice("b", "liver", .5), dice("a", "liver", .8), dice("a", "spleen", 1));
    PairedDifferences differences = PairedDifferences.of(one, other, Metric.DICE);
    assertEquals(.2, differences.of("liver", 1).orElseThrow().mean(), 1e-12);
    assertEquals(.85, differences.of("liver", 1).orElseThrow().model(), 1e-12);
    assertEquals(.65, differences.of("liver", 1).orElseThrow().other(), 1e-12);
    assertEquals(2, differences.of("liver", 1).orElseThrow().pairs());
    assertEquals(2, differences.of("liver", 1).orElseThrow().test().n());
    assertEquals(-.5, differences.of("spleen", 1).orElseThrow().mean(), 1e-12);
    assertTrue(differences.of("kidney", 1).isEmpty());
    // Case a: (.1 - .5) / 2; case b: .3.
    assertEquals(2, differences.mean(1).orElseThrow().test().n());
  }

  @Test
  void theOrderOfTheCasesDoesNotMatter() {
    ModelScore one = model(dice("a", "liver", .9), dice("b", "liver", .8), dice("c", "liver", .3));
    ModelScore same = model(dice("c", "liver", .3), dice("a", "liver", .9), dice("b", "liver", .8));
    ModelScore other =
        model(dice("a", "liver", .1), dice("b", "liver", .6), dice("c", "liver", .5));
    assertEquals(PairedDifference.of(one, other, 9), PairedDifference.of(same, other, 9));
  }
}
