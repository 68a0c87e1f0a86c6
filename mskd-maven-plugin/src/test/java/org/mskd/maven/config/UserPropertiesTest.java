package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.mskd.problem.BadInputException;

class UserPropertiesTest {
  private static void assertRefused(String key, String... parts) {
    Properties session = new Properties();
    session.setProperty(key, "1");
    String message =
        assertThrows(BadInputException.class, () -> UserProperties.of(session)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message + " lacks " + part);
    }
  }

  @Test
  void suggestsTheNearestNameForAnUnknownOne() {
    assertAll(
        () -> assertRefused("mskd.epoch", "-Dmskd.epoch is not", "Did you mean -Dmskd.epochs?"),
        () -> assertRefused("mskd.batchsize", "-Dmskd.batchSize?"),
        () ->
            assertRefused(
                "mskd.precision", "Allowed after mskd. are preset, seed, replicates, threads"),
        () -> assertRefused("mskd.organ", "several <dataset>", "in the POM"),
        () -> assertRefused("mskd.probabilities", "belongs to the goal mskd:predict alone."),
        () ->
            assertRefused(
                "mskd.model",
                "-Dmskd.model belongs to the goals mskd:export and mskd:predict alone."),
        () -> assertRefused("mskd.exportCheck", "belongs to the goal mskd:export alone."),
        () -> assertRefused("mskd.labelValues", "several <dataset>", "in the POM"),
        () -> assertRefused("mskd.name", "several <dataset>", "in the POM"),
        () -> assertRefused("mskd.method", "Did you mean -Dmskd.methods?"),
        () -> assertRefused("mskd.teachers", "<teachers> holds elements: write it in the POM."),
        () -> assertRefused("mskd.unlabelled", "<unlabelled> holds elements"));
  }

  @Test
  void thoseOfInitBelongToInitAlone() {
    assertRefused("mskd.data", "-Dmskd.data belongs to the goal mskd:init alone.");
    Properties session = new Properties();
    session.setProperty("mskd.data", "ct");
    session.setProperty("mskd.seed", "3");
    assertEquals(Optional.of("3"), UserProperties.ofGoal(session, "init").get("seed"));
    session.setProperty("mskd.dat", "ct");
    String message =
        assertThrows(BadInputException.class, () -> UserProperties.ofGoal(session, "init"))
            .getMessage();
    assertTrue(message.contains("Did you mean -Dmskd.data?"), message);
  }

  @Test
  void leavesOtherPropertiesAlone() {
    Properties session = new Properties();
    session.setProperty("maven.test.skip", "true");
    session.setProperty("ct", "data");
    session.setProperty("mskd.epochs", " 7 ");
    UserProperties properties = UserProperties.of(session);
    assertEquals(Optional.of("7"), properties.get("epochs"));
    assertEquals(Optional.empty(), properties.get("ct"));
  }

  @Test
  void everyPropertyHasANameOfItsOwn() {
    List<String> names = Schema.properties();
    assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
  }
}
