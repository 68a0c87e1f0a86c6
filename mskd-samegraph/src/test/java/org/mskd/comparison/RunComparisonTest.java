package org.mskd.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.CaseScores;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.ModelCost;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.PairedDifference;
import org.mskd.problem.BadInputException;

class RunComparisonTest {
  private static ModelScore model(String name, CaseScore... cases) {
    return ModelScore.of(name, new ModelCost(1, 1, 10), List.of(cases), 1);
  }

  private static ComparedRun run(String name, Map<String, String> settings, ModelScore... models) {
    return new ComparedRun(name, new TreeMap<>(settings), new Metrics("t", 2, List.of(models)));
  }

  /** Cases c0, c1, ... of which case i has the given Dice of the liver. */
  private static ModelScore livers(String name, double... dice) {
    List<CaseScore> cases = new ArrayList<>();
    for (int i = 0; i < dice.length; i++) {
      cases.add(CaseScores.found("c" + i, "liver", dice[i], 10 * i, 1));
    }
    return model(name, cases.toArray(CaseScore[]::new));
  }

  private static final ComparedRun FIRST =
      run(
          "A",
          Map.of("training.epochs", "4", "seed", "1"),
          livers("mskd", .5, .5, .5, .5, .5, .5),
          livers("pann", .5));

  private static final ComparedRun OTHER =
      run(
          "B",
          Map.of("training.epochs", "8", "seed", "1", "network.depth", "3"),
          livers("mskd", .51, .52, .53, .54, .55, .56, .9),
          livers("dodnet", .5));

  @Test
  void pairsTheCasesOfModelsOfOneName() {
    RunComparison comparison = RunComparison.of(List.of(FIRST, OTHER), 1);
    assertEquals(3, comparison.models().size());
    ModelDifference dice = comparison.models().get(0);
    assertEquals(Metric.DICE, dice.metric());
    assertEquals(List.of("liver", "mean"), List.copyOf(dice.organs().keySet()));
    PairedDifference liver = dice.organs().get("liver");
    assertEquals(.035, liver.mean(), 1e-12);
    assertEquals(.5, liver.other(), 1e-12);
    assertEquals(.535, liver.model(), 1e-12);
    assertEquals(6, liver.pairs()); // the seventh case has no partner
    assertEquals(2 / 64., liver.test().p().orElseThrow(), 1e-12);
    // Of HD95, all differences are 0.
    assertEquals(0, comparison.models().get(2).organs().get("liver").test().n());
    assertEquals(List.of("pann only in A", "dodnet only in B"), comparison.unmatched());
  }

  @Test
  void listsTheSettingsThatDiffer() {
    assertEquals(
        List.of(
            new SettingDifference("network.depth", List.of("-", "3")),
            new SettingDifference("training.epochs", List.of("4", "8"))),
        RunComparison.of(List.of(FIRST, OTHER), 1).settings());
    ComparedRun scores = run("C", Map.of(), livers("mskd", .5));
    assertEquals(List.of(), RunComparison.of(List.of(FIRST, scores), 1).settings());
  }

  @Test
  void theTextHasBothTables() {
    List<String> lines = ComparisonText.lines(RunComparison.of(List.of(FIRST, OTHER), 1));
    assertEquals("Setting          A  B", lines.get(0));
    assertEquals("network.depth    -  3", lines.get(1));
    assertEquals("Dice: A (first), B (other)", lines.get(4));
    assertTrue(
        lines
            .get(6)
            .matches("mskd +liver +6 +0.500 +0.535 +\\+0.035 +\\[\\+0.0\\d\\d, .*0.031 \\(n 6\\)"),
        lines.get(6));
    assertTrue(lines.stream().allMatch(line -> line.length() <= 100), "100 columns");
  }

  @Test
  void markdownEscapesAndHasAllMetrics() {
    ComparedRun named = run("a|b", Map.of(), livers("mskd", .5));
    String text = ComparisonMarkdown.text(RunComparison.of(List.of(FIRST, OTHER, named), 1));
    assertTrue(text.contains("| Setting | A | B | a\\|b |\n| --- | --- | --- | --- |\n"), text);
    assertTrue(text.contains("**Surface Dice**"), text);
    assertTrue(text.contains("| mskd | liver | 6 | 0.500 | 0.535 | +0.035 |"), text);
    assertTrue(text.contains("Not compared: pann only in A, dodnet only in B."), text);
    // A single pair has neither interval nor test.
    assertTrue(text.contains("| mskd | liver | 1 | 0.500 | 0.500 | +0.000 | - | - (n 0) |"), text);
  }

  @Test
  void jsonHasFullNumbers() throws Exception {
    JsonNode root =
        new ObjectMapper()
            .readTree(ComparisonJson.text(RunComparison.of(List.of(FIRST, OTHER), 1)));
    JsonNode liver = root.path("differences").get(0);
    assertEquals("liver", liver.path("organ").asText());
    assertEquals(.03125, liver.path("p").asDouble(), 1e-12);
    assertEquals(.035, liver.path("difference").asDouble(), 1e-12);
    assertTrue(liver.path("low").asDouble() <= .035 && liver.path("high").asDouble() >= .035);
    assertEquals("[\"4\",\"8\"]", root.path("settings").path("training.epochs").toString());
  }

  @Test
  void runsWithoutCommonCasesAreRefused() {
    ComparedRun elsewhere =
        run("C", Map.of(), model("mskd", CaseScores.found("other", "liver", 1, 0, 0)));
    BadInputException e =
        assertThrows(BadInputException.class, () -> RunComparison.of(List.of(FIRST, elsewhere), 1));
    assertTrue(e.problem().startsWith("No model of A"), e.problem());
  }
}
