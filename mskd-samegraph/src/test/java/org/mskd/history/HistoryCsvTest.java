package org.mskd.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class HistoryCsvTest {
  private static final String LINES =
      """
      {"gradientNorm":2.0,"iteration":1,"learningRate":0.01,"loss":1.5,"terms":{"b":1.0,"a":0.5}}
      {"gradientNorm":4.0,"iteration":2,"learningRate":0.01,"loss":0.5,"terms":{"a":0.25,"b":0.25}}
      {"gradientNorm":1.0,"iteration":3,"learningRate":0.001,"loss":0.25,"terms":{"a":0.0,"b":0.25}}
      """;

  @TempDir Path folder;

  @Test
  void aRowPerIterationWithEveryTerm() throws IOException {
    Path table = folder.resolve("history.csv");
    HistoryCsv.write(history(LINES), table);
    assertEquals(
        """
        iteration,learningRate,gradientNorm,loss,loss.a,loss.b
        1,0.01,2.0,1.5,0.5,1.0
        2,0.01,4.0,0.5,0.25,0.25
        3,0.001,1.0,0.25,0.0,0.25
        """,
        Files.readString(table));
  }

  @Test
  void pointsAreMeansOverSuccessiveIterations() throws IOException {
    TrainingCurves curves = TrainingCurves.read(history(LINES), 2);
    assertEquals(3, curves.iterations());
    assertEquals(2, curves.each());
    assertEquals(List.of(2, 3), curves.at());
    assertEquals(
        Map.of(
            "loss", List.of(1.0, 0.25),
            "learningRate", List.of(0.01, 0.001),
            "gradientNorm", List.of(3.0, 1.0),
            "loss.a", List.of(0.375, 0.0),
            "loss.b", List.of(0.625, 0.25)),
        curves.series());
    assertEquals(List.of(1, 2, 3), TrainingCurves.read(history(LINES), 400).at());
  }

  private static final String VALIDATED =
      """
      {"gradientNorm":2.0,"iteration":1,"learningRate":0.01,"loss":1.5,"terms":{"a":0.5}}
      {"gradientNorm":4.0,"iteration":2,"learningRate":0.01,"loss":0.5,"terms":{"a":0.5},"validation":{"liver":0.5}}
      {"gradientNorm":1.0,"iteration":3,"learningRate":0.01,"loss":0.5,"terms":{"a":0.5}}
      {"gradientNorm":1.0,"iteration":4,"learningRate":0.01,"loss":0.5,"terms":{"a":0.5},"validation":{"liver":0.75,"spleen":0.25}}
      """;

  @Test
  void scoresOnHeldOutSubjectsAreInTheRowsOfTheirIterations() throws IOException {
    Path table = folder.resolve("history.csv");
    HistoryCsv.write(history(VALIDATED), table);
    assertEquals(
        """
        iteration,learningRate,gradientNorm,loss,loss.a,dice.liver,dice.spleen
        1,0.01,2.0,1.5,0.5,,
        2,0.01,4.0,0.5,0.5,0.5,
        3,0.01,1.0,0.5,0.5,,
        4,0.01,1.0,0.5,0.5,0.75,0.25
        """,
        Files.readString(table));
  }

  @Test
  void pointsHaveTheLatestScores() throws IOException {
    TrainingCurves curves = TrainingCurves.read(history(VALIDATED), 4);
    assertEquals(List.of(Double.NaN, 0.5, 0.5, 0.75), curves.series().get("dice.liver"));
    assertEquals(
        List.of(Double.NaN, Double.NaN, Double.NaN, 0.25), curves.series().get("dice.spleen"));
    assertEquals(
        List.of(0.5, 0.75), TrainingCurves.read(history(VALIDATED), 2).series().get("dice.liver"));
  }

  @Test
  void aDamagedLineIsNamedAndNoTableIsLeft() throws IOException {
    Path damaged = history(LINES.replace("\"iteration\":2,", "\"iteration\":"));
    Path table = folder.resolve("history.csv");
    BadInputException e =
        assertThrows(BadInputException.class, () -> HistoryCsv.write(damaged, table));
    assertTrue(e.problem().startsWith(damaged + ", line 2, "), e.problem());
    assertFalse(Files.exists(table));
  }

  private Path history(String lines) throws IOException {
    return Files.writeString(folder.resolve("history.jsonl"), lines);
  }
}
