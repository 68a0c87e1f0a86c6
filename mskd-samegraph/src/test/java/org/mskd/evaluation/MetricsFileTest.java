package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mskd.evaluation.CaseScores.absent;
import static org.mskd.evaluation.CaseScores.falsePositive;
import static org.mskd.evaluation.CaseScores.found;
import static org.mskd.evaluation.CaseScores.missed;
import static org.mskd.evaluation.CaseScores.withoutSurface;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            found("abd01", "spleen", 0.5, 12, 1.0 / 3),
            found("abd01", "liver", 0.9, 4, 1),
            absent("abd02", "spleen"),
            found("abd02", "liver", 0.8, 6, 2));
    return new Metrics(
        "multi-organ-test",
        2,
        List.of(ModelScore.of("mskd", new ModelCost(1, 1, 1000), cases, 2021)));
  }

  /** One case of one organ, missed. */
  private static Metrics one() {
    return new Metrics(
        "test",
        2.5,
        List.of(ModelScore.of("m", new ModelCost(3, 1, 1000), List.of(missed("a", "liver")), 1)));
  }

  private static String summary(String key, String mean, int n) {
    return """
    "%s": {
      "high": null,
      "low": null,
      "mean": %s,
      "n": %d,
      "sd": null
    }\
    """
        .formatted(key, mean, n);
  }

  private static final String SUMMARIES =
      summary("absoluteVolumeDifferenceMl", "100.000000", 1)
          + ",\n"
          + summary("assdMm", "null", 0)
          + ",\n"
          + summary("assdMmWithMisses", "500.000000", 1)
          + ",\n          \"cases\": 1,\n"
          + summary("dice", "0.000000", 1)
          + ",\n          \"falsePositiveCases\": 0,\n          \"falsePositiveMl\": 0.000000,\n"
          + summary("hd95Mm", "null", 0)
          + ",\n"
          + summary("hd95MmWithMisses", "500.000000", 1)
          + ",\n          \"missed\": 1,\n"
          + summary("surfaceDice", "0.000000", 1)
          + ",\n"
          + summary("volumeDifferenceMl", "-100.000000", 1);

  /** Indentation is left out of the comparison; line ends and order are not. */
  private static final String TEXT =
      """
      {
        "models": [
          {
            "cases": [
              {
                "assdMm": null,
                "diagonalMm": 500.000000,
                "dice": 0.000000,
                "falsePositive": false,
                "hd95Mm": null,
                "id": "a",
                "missed": true,
                "organ": "liver",
                "predictedMl": 0.000000,
                "referenceMl": 100.000000,
                "surfaceDice": 0.000000,
                "volumeDifferenceMl": -100.000000
              }
            ],
            "heads": 1,
            "mean": {
      """
          + SUMMARIES
          + "\n},\n\"name\": \"m\",\n\"organs\": {\n\"liver\": {\n"
          + SUMMARIES
          + "\n"
          + "}\n"
          + "},\n"
          + "\"parameters\": 1000,\n"
          + "\"passes\": 3\n"
          + "}\n"
          + "],\n"
          + "\"schema\": 3,\n"
          + "\"surfaceToleranceMm\": 2.500000,\n"
          + "\"testSet\": \"test\"\n"
          + "}\n";

  private static String unindented(String text) {
    return text.replaceAll("(?m)^ +", "");
  }

  @Test
  void textIsExact() throws IOException {
    Path file = folder.resolve("evaluation").resolve("metrics.json");
    MetricsFile.write(file, one());
    String text = Files.readString(file);
    assertEquals(unindented(TEXT), unindented(text));
    assertTrue(text.startsWith("{\n  \"models\": [\n    {\n      \"cases\": ["), text);
  }

  @Test
  void whatIsReadIsWrittenAgainAlike() throws IOException {
    List<CaseScore> cases =
        new ArrayList<>(
            List.of(
                falsePositive("c", "spleen", 0.683),
                missed("c", "liver"),
                withoutSurface("d", "kidney", 0.625)));
    cases.addAll(example().models().get(0).cases());
    Metrics metrics =
        new Metrics(
            "t",
            3,
            List.of(
                ModelScore.of("teachers", new ModelCost(2, 1, 1000), cases, 7),
                example().models().get(0)));
    Path file = folder.resolve("metrics.json");
    MetricsFile.write(file, metrics);
    Metrics read = MetricsFile.read(file);
    assertEquals(3, read.surfaceToleranceMm());
    assertEquals(0.675, read.models().get(1).meanDice().getAsDouble());
    OrganScore spleen = read.models().get(1).organs().get("spleen");
    assertEquals(0.333333, spleen.of(Metric.ASSD).mean().getAsDouble());
    assertEquals(OptionalDouble.empty(), read.models().get(1).cases().get(2).dice());
    assertEquals(metrics.models().get(0).cases().get(0), read.models().get(0).cases().get(0));
    assertEquals(metrics.models().get(0).cases().get(1), read.models().get(0).cases().get(1));
    assertEquals(metrics.models().get(0).cases().get(2), read.models().get(0).cases().get(2));
    Interval interval =
        read.models().get(0).organs().get("liver").of(Metric.DICE).interval().orElseThrow();
    assertEquals(0, interval.low());
    assertEquals(0.9, interval.high());
    Path again = folder.resolve("again.json");
    MetricsFile.write(again, read);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    JsonNode tree = new ObjectMapper().readTree(Files.readString(file));
    assertSorted(tree);
    JsonNode withoutSurface = tree.at("/models/0/cases/2");
    for (String key : List.of("surfaceDice", "hd95Mm", "assdMm")) {
      assertTrue(withoutSurface.required(key).isNull(), key);
    }
    assertEquals(0.625, withoutSurface.required("dice").doubleValue());
  }

  /**
   * 2.0000006 - 1.0000004 ml are 1.0000002 ml, and 1.000001 ml of the two numbers in the file: a
   * case and the mean of this case alone have one and the same, also when they are read and
   * written.
   */
  @Test
  void volumeDifferencesAreThoseOfTheVolumesInTheFile() throws IOException {
    OptionalDouble one = OptionalDouble.of(1);
    CaseScore score =
        new CaseScore("a", "liver", one, one, one, one, 1.0000004, 2.0000006, false, false, 500);
    Path file = folder.resolve("metrics.json");
    MetricsFile.write(
        file,
        new Metrics(
            "t", 2, List.of(ModelScore.of("m", new ModelCost(1, 1, 1000), List.of(score), 1))));
    Path again = folder.resolve("again.json");
    MetricsFile.write(again, MetricsFile.read(file));
    for (Path each : List.of(file, again)) {
      JsonNode model = new ObjectMapper().readTree(Files.readString(each)).at("/models/0");
      assertEquals(1.000001, model.at("/cases/0/volumeDifferenceMl").doubleValue());
      assertEquals(1.000001, model.at("/organs/liver/volumeDifferenceMl/mean").doubleValue());
    }
  }

  private static void assertSorted(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    assertEquals(names.stream().sorted().toList(), names);
    node.forEach(MetricsFileTest::assertSorted);
  }

  /** The metrics of a model do not depend on the models before it. */
  @Test
  void theOrderOfModelsChangesNoModel() {
    ModelScore alone = example().models().get(0);
    List<ModelScore> both =
        List.of(
            ModelScore.of("x", new ModelCost(1, 1, 1000), alone.cases().subList(0, 2), 2021),
            example().models().get(0));
    assertEquals(alone, new Metrics("t", 2, both).models().get(1));
  }

  @Test
  void refusesWhatIsNotSuchAFile() throws IOException {
    assertRefused("", "schema");
    assertRefused("{", "not JSON");
    assertRefused(TEXT + "}", "not JSON");
    assertRefused(TEXT.replace("\"schema\": 3", "\"schema\": 2"), "schema is 2");
    assertRefused(TEXT.replace("\"passes\": 3", "\"passes\": \"one\""), "passes");
    assertRefused(TEXT.replace("\"heads\": 1", "\"heads\": 0"), "0 heads");
    assertRefused(TEXT.replace("\"parameters\": 1000", "\"parameters\": 1.5"), "parameters");
    assertRefused(TEXT.replace("\"mean\": null", "\"mean\": \"x\""), "mean");
    assertRefused(TEXT.replace("\"missed\": true", "\"missed\": 1"), "missed");
    assertRefused(TEXT.replace("\"missed\": true", "\"missed\": false"), "contradict");
    assertRefused(TEXT.replace("\"hd95MmWithMisses\"", "\"other\""), "hd95MmWithMisses");
    assertRefused(TEXT.replace("\"name\": \"m\"", "\"name\": 7"), "name");
    assertRefused(TEXT.replace("\"testSet\"", "\"set\""), "testSet");
    assertRefused("{\"schema\": 3, \"testSet\": \"t\"}", "models");
    BadInputException missing =
        assertThrows(BadInputException.class, () -> MetricsFile.read(folder.resolve("none.json")));
    assertTrue(missing.problem().contains("none.json"), missing.problem());
  }

  @Test
  void modelsHaveNamesOfTheirOwn() {
    ModelScore model = ModelScore.of("m", new ModelCost(1, 1, 1000), List.of(), 1);
    assertThrows(IllegalArgumentException.class, () -> new Metrics("t", 2, List.of(model, model)));
  }

  private void assertRefused(String text, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), text);
    BadInputException thrown = assertThrows(BadInputException.class, () -> MetricsFile.read(file));
    assertTrue(thrown.problem().contains("bad.json"), thrown.problem());
    assertTrue(thrown.problem().contains(why), thrown.problem() + " lacks " + why);
    assertTrue(thrown.remedy().contains("mskd:evaluate"), thrown.remedy());
  }
}
