package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mskd.evaluation.CaseScores.absent;
import static org.mskd.evaluation.CaseScores.falsePositive;
import static org.mskd.evaluation.CaseScores.found;
import static org.mskd.evaluation.CaseScores.missed;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MeansTableTest {
  private static final List<CaseScore> ALL_FOUND =
      List.of(
          found("a", "liver", 0.9, 4, 1),
          found("a", "spleen", 0.8, 74.07, 3),
          found("b", "spleen", 0.8, 10, 2));

  private static final List<CaseScore> ONE_MISSED =
      List.of(
          found("a", "liver", 0.9, 4, 1),
          found("a", "spleen", 0.8, 74.07, 3),
          missed("b", "spleen"),
          falsePositive("b", "liver", 12.34));

  private static Metrics metrics(ModelScore... models) {
    return new Metrics("t", 2.5, List.of(models));
  }

  /**
   * HD95: spleen (74.07 + 10) / 2 = 42.035, or with the miss 287.035; mean with the liver's 4.
   * ASSD: 2.5 or 251.5, with 1. Surface Dice .75, or (.75 + 0) / 2 = .375 of the spleen: mean
   * .5625. Volumes: 10 of each that was found, 100 of the miss.
   */
  @Test
  void textIsExactAndAMissIsWorse() {
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals(
          """
          Means     surface Dice  HD95 mm  ASSD mm  volume diff. ml  missed  false positive
          teachers  0.750         23.02    1.75     10.0             0 of 3  0
          mskd      0.563         145.52   126.25   32.5             1 of 3  1 (12.3 ml)
          Means over the organs: surface Dice at 2.5 mm, distances and absolute volume differences;
          a missed organ counts as surface Dice 0 and with the volume's diagonal as distance.\
          """,
          String.join(
              "\n",
              MeansTable.lines(
                  metrics(
                      ModelScore.of("teachers", new ModelCost(2, 1, 1000), ALL_FOUND, 1),
                      ModelScore.of("mskd", new ModelCost(1, 1, 1000), ONE_MISSED, 1)))));
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void whatNoCaseHasIsUndefined() {
    List<String> lines =
        MeansTable.lines(
            metrics(
                ModelScore.of(
                    "mskd", new ModelCost(1, 1, 1000), List.of(absent("a", "liver")), 1)));
    assertEquals("mskd   -             -        -        -                0 of 0  0", lines.get(1));
  }

  @Test
  void theLongestNameFitsHundredColumns() {
    List<String> lines =
        MeansTable.lines(
            metrics(ModelScore.of("m".repeat(64), new ModelCost(1, 1, 1000), ONE_MISSED, 1)));
    for (String line : lines) {
      assertTrue(line.length() <= 100, line);
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
    }
    assertEquals("m".repeat(64), lines.get(1));
  }
}
