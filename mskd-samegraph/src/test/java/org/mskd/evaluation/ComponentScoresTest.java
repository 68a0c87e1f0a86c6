package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class ComponentScoresTest {
  @TempDir Path folder;

  private static SortedMap<Integer, List<Double>> counts(
      List<Double> all, List<Double> one, List<Double> two) {
    return new TreeMap<>(Map.of(0, all, 1, one, 2, two));
  }

  private static ComponentScores scores() {
    SortedMap<String, SortedMap<Integer, List<Double>>> dice = new TreeMap<>();
    dice.put("kidney", counts(List.of(.8, .6), List.of(.5, .4), List.of(.9, .6)));
    dice.put("liver", counts(List.of(.9, .7), List.of(.95, .8), List.of(.94, .75)));
    dice.put("pancreas", counts(List.of(.3, .5), List.of(.301, .501), List.of(.2, .5)));
    dice.put("spleen", counts(List.of(.9, .7), List.of(.8, .7), List.of(.9, .7)));
    return new ComponentScores(dice);
  }

  @Test
  void theNumberWithTheHighestMeanIsChosenWhereItGains() {
    SortedMap<String, ComponentScores.Choice> choices = scores().choices();
    assertEquals(Set.of("kidney", "liver"), choices.keySet(), "0.001 is no gain");
    assertEquals(2, choices.get("kidney").count());
    assertEquals(.05, choices.get("kidney").gain(), 1e-12);
    assertEquals(1, choices.get("liver").count());
    assertEquals(.075, choices.get("liver").gain(), 1e-12);
  }

  @Test
  void foldsAreJoinedCaseByCase() {
    SortedMap<String, SortedMap<Integer, List<Double>>> more = new TreeMap<>();
    more.put("liver", counts(List.of(.9), List.of(.1), List.of(.9)));
    ComponentScores joined = ComponentScores.join(List.of(scores(), new ComponentScores(more)));
    assertEquals(List.of(.9, .7, .9), joined.dice().get("liver").get(0));
    // Means: all 2.5 / 3, one 1.85 / 3, two 2.59 / 3.
    assertEquals(2, joined.choices().get("liver").count());
    assertEquals(.03, joined.choices().get("liver").gain(), 1e-12);
  }

  @Test
  void theFileKeepsThem() throws IOException {
    Path file = folder.resolve("components.json");
    ComponentsFile.write(file, new TreeMap<>(Map.of("mskd", scores())));
    assertEquals(scores(), ComponentsFile.read(file).get("mskd"));
    for (String damaged : List.of("null", "{", "{\"mskd\":{\"liver\":{\"one\":[0.5]}}}")) {
      Files.writeString(file, damaged);
      BadInputException e =
          assertThrows(BadInputException.class, () -> ComponentsFile.read(file), damaged);
      assertTrue(e.problem().startsWith(file + " cannot be used: "), e.problem());
    }
  }
}
