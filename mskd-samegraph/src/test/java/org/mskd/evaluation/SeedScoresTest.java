package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class SeedScoresTest {
  @TempDir private Path folder;

  private static List<ModelScore> models(double liver, double spleen, CaseScore... more) {
    List<CaseScore> cases =
        new java.util.ArrayList<>(
            List.of(
                CaseScores.found("a", "liver", liver, 3, 1),
                CaseScores.found("a", "spleen", spleen, 3, 1)));
    cases.addAll(List.of(more));
    return List.of(ModelScore.of("mskd", new ModelCost(1, 1, 10), cases, 1));
  }

  private static SeedScores scores() {
    return SeedScores.of(
        List.of(7L, 8L, 9L),
        List.of(models(.7, .1, CaseScores.missed("b", "spleen")), models(.8, .2), models(.9, .6)));
  }

  @Test
  void meanAndDeviationOverTheSeedsByHand() {
    SeedSpread liver = scores().of("mskd", "liver", "dice").orElseThrow();
    assertEquals(.8, liver.mean().orElseThrow(), 1e-12);
    assertEquals(.1, liver.sd().orElseThrow(), 1e-12);
    // The mean over the organs of each seed: (.7 + .05) / 2, (.8 + .2) / 2, (.9 + .6) / 2.
    SeedSpread mean = scores().of("mskd", "mean", "dice").orElseThrow();
    assertEquals((.375 + .5 + .75) / 3, mean.mean().orElseThrow(), 1e-12);
    assertEquals(
        1 / 3.,
        scores().of("mskd", "spleen", SeedScores.MISSED).orElseThrow().mean().orElseThrow());
    assertEquals(Optional.empty(), scores().of("other", "liver", "dice"));
    assertEquals(Optional.empty(), scores().of("mskd", "kidney", "dice"));
  }

  /** Such as the first fold of a cross-validation that holds out no case with a spleen. */
  @Test
  void anOrganThatTheFirstLacksIsKept() {
    ModelScore liver =
        ModelScore.of(
            "mskd", new ModelCost(1, 1, 10), List.of(CaseScores.found("a", "liver", .5, 3, 1)), 1);
    SeedScores some = SeedScores.of(List.of(1L, 2L), List.of(List.of(liver), models(.7, .1)));
    SeedSpread spleen = some.of("mskd", "spleen", "dice").orElseThrow();
    assertEquals(.1, spleen.mean().orElseThrow(), 1e-12);
    assertTrue(spleen.values().get(0).isEmpty());
  }

  @Test
  void theFileOfFoldsKeepsThem() throws java.io.IOException {
    Path file = folder.resolve("folds.json");
    FoldsFile.write(file, scores());
    assertEquals(scores().seeds(), FoldsFile.read(file).seeds());
    assertEquals(
        .8,
        FoldsFile.read(file).of("mskd", "liver", "dice").orElseThrow().mean().orElseThrow(),
        1e-6);
    List<String> table = SeedTable.foldLines(FoldsFile.read(file), List.of("liver", "spleen"));
    assertEquals(
        List.of(
            "Dice  liver            spleen           mean",
            "mskd  0.800 +/- 0.100  0.283 +/- 0.284  0.542 +/- 0.191",
            "Mean +/- sd over 3 folds: 7, 8, 9. Each is scored on the subjects that it holds out."),
        table);
    Files.writeString(file, Files.readString(file).replace("\"schema\": 1", "\"schema\": 2"));
    BadInputException e = assertThrows(BadInputException.class, () -> FoldsFile.read(file));
    assertTrue(e.problem().contains("its schema is 2"), e.problem());
  }

  @Test
  void aSeedWithoutAValueHasNone() {
    SeedScores some =
        SeedScores.of(
            List.of(1L, 2L),
            List.of(
                List.of(
                    ModelScore.of(
                        "mskd",
                        new ModelCost(1, 1, 10),
                        List.of(CaseScores.absent("a", "liver")),
                        1)),
                List.of(
                    ModelScore.of(
                        "mskd",
                        new ModelCost(1, 1, 10),
                        List.of(CaseScores.found("a", "liver", .5, 1, 1)),
                        1))));
    SeedSpread dice = some.of("mskd", "liver", "dice").orElseThrow();
    assertTrue(dice.values().get(0).isEmpty());
    assertEquals(.5, dice.mean().orElseThrow());
    assertTrue(dice.sd().isEmpty());
  }

  @Test
  void isReadAsWritten() throws Exception {
    Metrics metrics = new Metrics("t", 2, models(.7, .1), Optional.of(scores()));
    Path file = folder.resolve("metrics.json");
    MetricsFile.write(file, metrics);
    SeedScores read = MetricsFile.read(file).replicates().orElseThrow();
    assertEquals(List.of(7L, 8L, 9L), read.seeds());
    assertEquals(.8, read.of("mskd", "liver", "dice").orElseThrow().mean().orElseThrow(), 1e-9);
    String text = Files.readString(file);
    MetricsFile.write(folder.resolve("again.json"), MetricsFile.read(file));
    assertEquals(text, Files.readString(folder.resolve("again.json")));
    // One seed leaves no trace in the file.
    MetricsFile.write(file, new Metrics("t", 2, models(.7, .1)));
    assertFalse(Files.readString(file).contains("replicates"));
  }

  @Test
  void damagedPartsAreNamed() throws Exception {
    Path file = folder.resolve("metrics.json");
    MetricsFile.write(file, new Metrics("t", 2, models(.7, .1), Optional.of(scores())));
    String text = Files.readString(file);
    for (String[] change :
        new String[][] {{"\"seeds\"", "\"sEeds\""}, {"\"values\"", "\"vAlues\""}}) {
      Files.writeString(file, text.replace(change[0], change[1]));
      assertThrows(BadInputException.class, () -> MetricsFile.read(file), change[0]);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new SeedScores(List.of(1L), new TreeMap<>(scores().models())));
  }

  @Test
  void theTableHasTheBestMeanFirst() {
    SeedScores two =
        SeedScores.of(
            List.of(1L, 2L),
            List.of(
                List.of(models(.5, .5).get(0), named("best", .9)),
                List.of(models(.6, .5).get(0), named("best", .8))));
    assertEquals(
        List.of(
            "Dice  liver            spleen           mean",
            "best  0.850 +/- 0.071  -                0.850 +/- 0.071",
            "mskd  0.550 +/- 0.071  0.500 +/- 0.000  0.525 +/- 0.035",
            "Mean +/- sd over 2 seeds: 1, 2. The tables above are of the first one."),
        SeedTable.lines(two, List.of("liver", "spleen")));
  }

  private static ModelScore named(String name, double liver) {
    return ModelScore.of(
        name, new ModelCost(1, 1, 10), List.of(CaseScores.found("a", "liver", liver, 3, 1)), 1);
  }
}
