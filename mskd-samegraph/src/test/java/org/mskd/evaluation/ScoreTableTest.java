package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ScoreTableTest {
  @Test
  void textIsExact() {
    Metrics one = MetricsFileTest.example();
    List<CaseScore> teachers = new ArrayList<>();
    teachers.add(CaseScores.found("abd01", "liver", 0.95, 1, 1));
    teachers.add(CaseScores.found("abd02", "liver", 0.97, 1, 1));
    Metrics metrics =
        new Metrics(
            "t",
            2,
            List.of(
                ModelScore.of("teachers", new ModelCost(2, 1, 1000), teachers, 1),
                one.models().get(0)));
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals(
          """
          Dice      liver            spleen  mean   passes  to mskd
          teachers  0.960 +/- 0.014  -       0.960  2       +0.110 [0.050, 0.170]
          mskd      0.850 +/- 0.071  0.500   0.675  1
          Difference to mskd: paired by case, mean over the organs, 95 % bootstrap interval.\
          """,
          String.join("\n", ScoreTable.lines(metrics, List.of("liver", "spleen"), 1)));
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void sixOrgansFitHundredColumns() {
    List<String> organs = List.of("liver", "spleen", "kidney", "pancreas", "stomach", "duodenum");
    List<String> lines = ScoreTable.lines(metrics("mskd-soft", organs), organs, 1);
    assertEquals(
        "mskd-soft  0.850  0.850   0.850   0.850     0.850    0.850     0.850  1",
        lines.get(1),
        "without deviations");
    List<String> five = organs.subList(0, 5);
    assertEquals(
        "mskd-soft" + "  0.850+/-.071".repeat(5) + "  0.850  1",
        ScoreTable.lines(metrics("mskd-soft", five), five, 1).get(1),
        "deviations shorter");
    List<String> longer = ScoreTable.lines(metrics("self-training-long", organs), organs, 1);
    assertTrue(longer.get(1).startsWith("self-training-long  0.850  "), longer.get(1));
    for (String line : List.of(lines.get(0), lines.get(1), longer.get(0), longer.get(1))) {
      assertTrue(line.length() <= 100, line);
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
    }
  }

  @Test
  void aLongNameIsOnALineAboveItsNumbers() {
    List<String> organs = List.of("liver", "spleen", "kidney", "pancreas", "stomach", "duodenum");
    String longest = "m".repeat(64);
    Metrics metrics =
        new Metrics(
            "t",
            2,
            List.of(
                metrics("teachers", organs).models().get(0),
                metrics(longest, organs).models().get(0),
                metrics("mskd", organs).models().get(0)));
    String numbers = "0.850  0.850   0.850   0.850     0.850    0.850     0.850  1";
    assertEquals(
        List.of(
            "Dice      liver  spleen  kidney  pancreas  stomach  duodenum  mean   passes  to mskd",
            "teachers  " + numbers + "       +0.000",
            longest,
            "          " + numbers + "       +0.000",
            "mskd      " + numbers,
            "Difference to mskd: paired by case, mean over the organs, 95 % bootstrap interval."),
        ScoreTable.lines(metrics, organs, 1));
  }

  @Test
  void theBestModelIsFirst() {
    List<String> organs = List.of("liver");
    Metrics metrics =
        new Metrics(
            "t",
            2,
            List.of(
                model("low", new ModelCost(1, 4, 1), .7, .6),
                model("mskd", new ModelCost(1, 1, 1), .8, .8),
                model("high", new ModelCost(4, 1, 1), .9, .8)));
    assertEquals(
        """
        Dice  liver            mean   passes       to mskd
        high  0.850 +/- 0.071  0.850  4            +0.050 [0.000, 0.100]
        mskd  0.800 +/- 0.000  0.800  1
        low   0.650 +/- 0.071  0.650  1 (4 heads)  -0.150 [-0.200, -0.100]
        Difference to mskd: paired by case, mean over the organs, 95 % bootstrap interval.\
        """,
        String.join("\n", ScoreTable.lines(metrics, organs, 1)));
  }

  private static ModelScore model(String name, ModelCost cost, double first, double second) {
    return ModelScore.of(
        name,
        cost,
        List.of(
            CaseScores.found("a", "liver", first, 1, 1),
            CaseScores.found("b", "liver", second, 1, 1)),
        1);
  }

  private static Metrics metrics(String model, List<String> organs) {
    List<CaseScore> cases = new ArrayList<>();
    for (String organ : organs) {
      cases.add(CaseScores.found("a", organ, 0.9, 1, 1));
      cases.add(CaseScores.found("b", organ, 0.8, 1, 1));
    }
    return new Metrics("t", 2, List.of(ModelScore.of(model, new ModelCost(1, 1, 1000), cases, 1)));
  }
}
