package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Training;
import org.mskd.problem.BadInputException;

class MskdPropertiesTest {
  private static void assertRefused(String key, String... parts) {
    Properties session = new Properties();
    session.setProperty(key, "1");
    String message =
        assertThrows(
                BadInputException.class, () -> MskdProperties.of(session, new Properties(), true))
            .getMessage();
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
            assertRefused("mskd.seeds", "mvn mskd:help -Ddetail -Dgoal=run lists all parameters."),
        () -> assertRefused("mskd.organ", "several <dataset>", "in the POM"),
        () -> assertRefused("mskd.probabilities", "belongs to the goal mskd:predict alone."),
        () ->
            assertRefused(
                "mskd.model",
                "-Dmskd.model belongs to the goals mskd:describe, mskd:evaluate, mskd:export and"
                    + " mskd:predict alone."),
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
    assertEquals(
        Optional.of("3"),
        MskdProperties.ofGoal(session, new Properties(), "init", true).ofUser("seed"));
    session.setProperty("mskd.dat", "ct");
    String message =
        assertThrows(
                BadInputException.class,
                () -> MskdProperties.ofGoal(session, new Properties(), "init", true))
            .getMessage();
    assertTrue(message.contains("Did you mean -Dmskd.data?"), message);
  }

  @Test
  void leavesOtherPropertiesAlone() {
    Properties session = new Properties();
    session.setProperty("maven.test.skip", "true");
    session.setProperty("ct", "data");
    session.setProperty("mskd.epochs", " 7 ");
    MskdProperties properties = MskdProperties.of(session, new Properties(), true);
    assertEquals(Optional.of("7"), properties.ofUser("epochs"));
    assertEquals(Optional.empty(), properties.ofUser("ct"));
  }

  @Test
  void everyPropertyHasANameOfItsOwn() {
    List<String> names = Schema.properties();
    assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
  }

  @Test
  void aNameThatIsCloseToNoParameterMayBeTheUsersOwn() {
    Properties user = new Properties();
    user.setProperty("mskd.version", "1.0");
    user.setProperty("mskd.epochs", "8");
    MskdProperties properties = MskdProperties.of(user, new Properties(), true);
    assertEquals(List.of("epochs"), properties.names());
    assertEquals(List.of("-Dmskd.version is no parameter of mskd."), properties.notes());
    assertEquals(List.of(), properties.warnings());
  }

  @Test
  void propertiesOfOtherGoalsAreAllowedWhereThoseMayRunToo() {
    Properties user = Pom.properties("exportCheck=false", "epochs=8");
    MskdProperties properties = MskdProperties.of(user, new Properties(), false);
    assertEquals(List.of("epochs"), properties.names());
    assertEquals(List.of(), properties.notes());
    Properties misspelt = Pom.properties("epoch=8");
    assertThrows(
        BadInputException.class, () -> MskdProperties.of(misspelt, new Properties(), false));
  }

  @Test
  void projectPropertiesAreWarnedOfOnlyIfTheyLookMisspelt() {
    Properties project = Pom.properties("version=1.0", "model=m.mskd", "epoch=8", "organ=liver");
    MskdProperties properties = MskdProperties.of(new Properties(), project, true);
    assertEquals(List.of(), properties.notes());
    List<String> warnings = properties.warnings();
    assertEquals(2, warnings.size(), warnings.toString());
    assertTrue(
        warnings
            .get(0)
            .startsWith(
                "<mskd.epoch> of the project's properties is not known. Did you mean"
                    + " -Dmskd.epochs?"),
        warnings.get(0));
    assertTrue(warnings.get(1).startsWith("<mskd.organ> of the project's"), warnings.get(1));
  }

  /** User property, element, project property, default. */
  @Test
  void eachOriginOverridesTheNext() {
    String pom = "<training><epochs>5</epochs></training>";
    Properties user = Pom.properties("epochs=6");
    Properties project = Pom.properties("epochs=4", "batchSize=7");
    Properties none = new Properties();
    assertEquals(6, epochs(Pom.section(pom, user, project)));
    assertEquals(5, epochs(Pom.section(pom, none, project)));
    assertEquals(4, epochs(Pom.section("", none, project)));
    assertEquals(3, epochs(Pom.section("", none, none)));
    Section training = Pom.section(pom, user, project).section("training");
    assertEquals(7, training.integer("batchSize", 1));
    // A parent or settings.xml may have properties of other projects: they declare no group.
    assertFalse(Pom.section("", none, project).section("training").declared());
    assertTrue(Pom.section("", user, none).section("training").declared());
  }

  private static int epochs(Section root) {
    return root.section("training").integer("epochs", 3);
  }

  @Test
  void aBadProjectPropertyIsNamedAsSuch() {
    Section root = Pom.section("", new Properties(), Pom.properties("epochs=many"));
    assertEquals(
        "<mskd.epochs> of the project's properties is many. Allowed is a whole number; change the"
            + " element or -Dmskd.epochs.",
        assertThrows(BadInputException.class, () -> epochs(root)).getMessage());
  }

  @Test
  void theCommandLineDecidesBetweenContradictingElementsAndProjectProperties() {
    Properties project = Pom.properties("augmentationStrength=2");
    Section root =
        Pom.section(
            "<training><augmentation>false</augmentation></training>", new Properties(), project);
    assertEquals(
        0,
        TrainingReader.read(root.section("training"), Training.DEFAULT, 0, Optional.empty())
            .augmentationStrength());
  }
}
