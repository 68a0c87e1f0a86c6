package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class MetricsFileTest {
  @TempDir Path folder;

  /** Liver .9 and .8: mean .85, sd sqrt(2 * .05²) = .070711; spleen once .5, once absent. */
  static Metrics example() {
    List<CaseScore> cases =
        List.of(
            score("abd01", "spleen", 0.5, 12, 1.0 / 3),
            score("abd01", "liver", 0.9, 4, 1),
            new CaseScore(
                "abd02",
                "spleen",
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty()),
            score("abd02", "liver", 0.8, 6, 2));
    return new Metrics("multi-organ-test", List.of(ModelScore.of("mskd", 1, cases)));
  }

  static CaseScore score(String id, String organ, double dice, double hd95, double assd) {
    return new CaseScore(
        id, organ, OptionalDouble.of(dice), OptionalDouble.of(hd95), OptionalDouble.of(assd));
  }

  private static final String TEXT =
      """
      {
        "models": [
          {
            "cases": [
              {
                "assdMm": 0.333333,
                "dice": 0.500000,
                "hd95Mm": 12.000000,
                "id": "abd01",
                "organ": "spleen"
              },
              {
                "assdMm": 1.000000,
                "dice": 0.900000,
                "hd95Mm": 4.000000,
                "id": "abd01",
                "organ": "liver"
              },
              {
                "assdMm": null,
                "dice": null,
                "hd95Mm": null,
                "id": "abd02",
                "organ": "spleen"
              },
              {
                "assdMm": 2.000000,
                "dice": 0.800000,
                "hd95Mm": 6.000000,
                "id": "abd02",
                "organ": "liver"
              }
            ],
            "meanDice": 0.675000,
            "name": "mskd",
            "organs": {
              "liver": {
                "assdMm": {
                  "mean": 1.500000,
                  "sd": 0.707107
                },
                "dice": {
                  "mean": 0.850000,
                  "sd": 0.070711
                },
                "hd95Mm": {
                  "mean": 5.000000,
                  "sd": 1.414214
                }
              },
              "spleen": {
                "assdMm": {
                  "mean": 0.333333,
                  "sd": null
                },
                "dice": {
                  "mean": 0.500000,
                  "sd": null
                },
                "hd95Mm": {
                  "mean": 12.000000,
                  "sd": null
                }
              }
            },
            "passes": 1
          }
        ],
        "schema": 1,
        "testSet": "multi-organ-test"
      }
      """;

  @Test
  void textIsExact() throws IOException {
    Path file = folder.resolve("evaluation").resolve("metrics.json");
    MetricsFile.write(file, example());
    assertEquals(TEXT, Files.readString(file));
  }

  @Test
  void whatIsReadIsWrittenAgainAlike() throws IOException {
    Path file = folder.resolve("metrics.json");
    MetricsFile.write(file, example());
    Metrics read = MetricsFile.read(file);
    assertEquals(0.675, read.models().get(0).meanDice().getAsDouble());
    assertEquals(
        0.333333, read.models().get(0).organs().get("spleen").assdMm().mean().getAsDouble());
    assertEquals(OptionalDouble.empty(), read.models().get(0).cases().get(2).dice());
    Path again = folder.resolve("again.json");
    MetricsFile.write(again, read);
    assertEquals(TEXT, Files.readString(again));
  }

  @Test
  void organsThatNoCaseHasAreUndefined() {
    CaseScore absent =
        new CaseScore(
            "a", "liver", OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    ModelScore none = ModelScore.of("m", 1, List.of(absent));
    assertEquals(OptionalDouble.empty(), none.meanDice());
    ModelScore some = ModelScore.of("m", 1, List.of(absent, score("a", "spleen", 0.5, 1, 1)));
    assertEquals(OptionalDouble.of(0.5), some.meanDice());
  }

  @Test
  void refusesWhatIsNotSuchAFile() throws IOException {
    assertRefused("", "schema");
    assertRefused("{", "not JSON");
    assertRefused(TEXT + "}", "not JSON");
    assertRefused(TEXT.replace("\"schema\": 1", "\"schema\": 2"), "schema is 2");
    assertRefused(TEXT.replace("\"passes\": 1", "\"passes\": \"one\""), "passes");
    assertRefused(TEXT.replace("\"meanDice\": 0.675000", "\"meanDice\": \"x\""), "meanDice");
    assertRefused(TEXT.replace("\"meanDice\": 0.675000,", ""), "meanDice");
    assertRefused(TEXT.replace("\"name\": \"mskd\"", "\"name\": 7"), "name");
    assertRefused(TEXT.replace("\"testSet\"", "\"set\""), "testSet");
    assertRefused("{\"schema\": 1, \"testSet\": \"t\"}", "models");
    BadInputException missing =
        assertThrows(BadInputException.class, () -> MetricsFile.read(folder.resolve("none.json")));
    assertTrue(missing.problem().contains("none.json"), missing.problem());
  }

  @Test
  void modelsHaveNamesOfTheirOwn() {
    ModelScore model = ModelScore.of("m", 1, List.of());
    assertThrows(IllegalArgumentException.class, () -> new Metrics("t", List.of(model, model)));
  }

  private void assertRefused(String text, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), text);
    BadInputException thrown = assertThrows(BadInputException.class, () -> MetricsFile.read(file));
    assertTrue(thrown.problem().contains("bad.json"), thrown.problem());
    assertTrue(thrown.problem().contains(why), thrown.problem() + " lacks " + why);
    assertTrue(thrown.remedy().contains("mskd:evaluate"), thrown.remedy());
  }
}
