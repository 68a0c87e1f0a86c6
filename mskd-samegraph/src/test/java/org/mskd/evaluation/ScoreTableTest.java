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
            "t", 2, List.of(ModelScore.of("teachers", 2, teachers, 1), one.models().get(0)));
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals(
          """
          Dice      liver            spleen  mean
          teachers  0.960 +/- 0.014  -       0.960
          mskd      0.850 +/- 0.071  0.500   0.675\
          """,
          String.join("\n", ScoreTable.lines(metrics, List.of("liver", "spleen"))));
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void sixOrgansFitHundredColumns() {
    List<String> organs = List.of("liver", "spleen", "kidney", "pancreas", "stomach", "duodenum");
    List<String> lines = ScoreTable.lines(metrics("mskd-soft", organs), organs);
    assertEquals(
        "mskd-soft" + "  0.850+/-.071".repeat(6) + "  0.850", lines.get(1), "deviations shorter");
    List<String> longer = ScoreTable.lines(metrics("self-training-long", organs), organs);
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
    String numbers = "0.850  0.850   0.850   0.850     0.850    0.850     0.850";
    assertEquals(
        List.of(
            "Dice      liver  spleen  kidney  pancreas  stomach  duodenum  mean",
            "teachers  " + numbers,
            longest,
            "          " + numbers,
            "mskd      " + numbers),
        ScoreTable.lines(metrics, organs));
  }

  private static Metrics metrics(String model, List<String> organs) {
    List<CaseScore> cases = new ArrayList<>();
    for (String organ : organs) {
      cases.add(CaseScores.found("a", organ, 0.9, 1, 1));
      cases.add(CaseScores.found("b", organ, 0.8, 1, 1));
    }
    return new Metrics("t", 2, List.of(ModelScore.of(model, 1, cases, 1)));
  }
}
