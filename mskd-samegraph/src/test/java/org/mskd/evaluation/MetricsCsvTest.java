package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mskd.evaluation.CaseScores.falsePositive;
import static org.mskd.evaluation.CaseScores.found;
import static org.mskd.evaluation.CaseScores.missed;
import static org.mskd.evaluation.CaseScores.withoutSurface;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsCsvTest {
  @TempDir Path folder;

  private static final Metrics METRICS =
      new Metrics(
          "test",
          2,
          List.of(
              ModelScore.of(
                  "teachers",
                  new ModelCost(2, 1, 1000),
                  List.of(
                      found("a, \"ü\"", "spleen", 0.5, 74.07, 3),
                      falsePositive("a, \"ü\"", "liver", 0.683),
                      missed("b", "spleen")),
                  1)));

  @Test
  void casesAreExact() throws IOException {
    Path file = folder.resolve("evaluation/cases.csv");
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      MetricsCsv.writeCases(file, METRICS);
    } finally {
      Locale.setDefault(locale);
    }
    assertEquals(
        """
        model,case,organ,dice,surfaceDice,hd95Mm,assdMm,volumeDifferenceMl,referenceMl,\
        predictedMl,missed,falsePositive,diagonalMm
        teachers,"a, ""ü""\",spleen,0.500000,0.750000,74.070000,3.000000,-10.000000,100.000000,\
        90.000000,false,false,500.000000
        teachers,"a, ""ü""\",liver,,,,,,0.000000,0.683000,false,true,500.000000
        teachers,b,spleen,0.000000,0.000000,,,-100.000000,100.000000,0.000000,true,false,500.000000
        """,
        Files.readString(file, StandardCharsets.UTF_8));
  }

  @Test
  void whatHasNoSurfaceHasEmptyFields() throws IOException {
    Path file = folder.resolve("cases.csv");
    List<CaseScore> cases = List.of(withoutSurface("a", "liver", 0.625));
    MetricsCsv.writeCases(
        file,
        new Metrics(
            "test", 2, List.of(ModelScore.of("mskd", new ModelCost(1, 1, 1000), cases, 1))));
    assertEquals(
        "mskd,a,liver,0.625000,,,,-10.000000,100.000000,90.000000,false,false,500.000000",
        Files.readAllLines(file).get(1));
  }

  @Test
  void summariesHaveOneRowPerOrganAndTheMean() throws IOException {
    Path file = folder.resolve("summary.csv");
    MetricsCsv.writeSummary(file, METRICS);
    List<String> lines = Files.readString(file).lines().toList();
    assertEquals(4, lines.size());
    String metrics = "";
    for (Metric metric : Metric.values()) {
      metrics += ",K,KSd,KN,KLow,KHigh".replace("K", metric.key());
    }
    assertEquals(
        "model,organ,cases,missed,falsePositiveCases,falsePositiveMl" + metrics, lines.get(0));
    // No case has a liver.
    assertEquals(
        "teachers,liver,0,0,1,0.683000" + ",,,0,,".repeat(Metric.values().length), lines.get(1));
    String[] spleen = lines.get(2).split(",", -1);
    assertEquals("teachers,spleen,2,1,0,0.000000", String.join(",", List.of(spleen).subList(0, 6)));
    // Dice 0.5 and 0: sd 0.5 / sqrt 2; resamples of one case twice are the ends.
    assertEquals(
        "0.250000,0.353553,2,0.000000,0.500000", String.join(",", List.of(spleen).subList(6, 11)));
    // HD95 of what was found, then with the miss at 500 mm: (74.07 + 500) / 2.
    assertEquals("74.070000,,1,,", String.join(",", List.of(spleen).subList(16, 21)));
    assertEquals(
        "287.035000,301.177991,2,74.070000,500.000000", // sd: 425.93 / sqrt 2
        String.join(",", List.of(spleen).subList(21, 26)));
    assertEquals("teachers,mean,2,1,1,0.683000", lines.get(3).substring(0, 28));
  }
}
