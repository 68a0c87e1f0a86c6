package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.mskd.experiment.Adam;
import org.mskd.experiment.AugmentationKind;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.Sgd;
import org.mskd.experiment.Training;
import org.mskd.problem.BadInputException;

class TrainingReaderTest {
  @Test
  void oneElementSwitchesAugmentationAndTheOtherSetsItsStrength() {
    assertAll(
        () -> assertEquals(0, strength("<augmentation>false</augmentation>")),
        () -> assertEquals(1, strength("<augmentation>true</augmentation>")),
        () -> assertEquals(2, strength("<augmentationStrength>2</augmentationStrength>")),
        () -> assertEquals(0, strength("<augmentationStrength>0</augmentationStrength>")),
        () -> assertEquals(0, strength("", "augmentation=false", "augmentationStrength=0")),
        () -> assertEquals(2, strength("", "augmentation=true", "augmentationStrength=2")));
    String training =
        "<training><augmentationStrength>2</augmentationStrength><augmentation>%s</augmentation></training>";
    Pom.assertRefused(
        Pom.LIVER + training.formatted("false"),
        "<augmentation> of <training> is false, but <augmentationStrength> of <training> is 2.",
        "leave one out");
    String message =
        assertThrows(
                BadInputException.class,
                () -> strength("", "augmentation=true", "augmentationStrength=0"))
            .getMessage();
    assertTrue(
        message.startsWith("-Dmskd.augmentation is true, but -Dmskd.augmentationStrength is 0."),
        message);
  }

  @Test
  void aPropertyOfAugmentationOverridesThePomsOther() {
    String half = "<augmentationStrength>0.5</augmentationStrength>";
    String none = "<augmentationStrength>0</augmentationStrength>";
    String off = "<augmentation>false</augmentation>";
    assertAll(
        () -> assertEquals(0, strength(half, "augmentation=false")),
        () -> assertEquals(0.5, strength(half, "augmentation=true")),
        () -> assertEquals(1, strength(none, "augmentation=true")),
        () -> assertEquals(2, strength(off, "augmentationStrength=2")),
        () ->
            assertEquals(
                0, strength("<augmentation>true</augmentation>", "augmentationStrength=0")),
        () -> assertEquals(0.5, strength(off + half, "augmentation=true")));
    // A value that is not allowed is reported, not hidden by the other element.
    assertTrue(
        assertThrows(BadInputException.class, () -> strength(off, "augmentationStrength=-1"))
            .getMessage()
            .startsWith("<augmentationStrength> is -1."));
  }

  @Test
  void augmentationIsLightUnlessDeclared() {
    String full = "<augmentationKind>full</augmentationKind>";
    assertAll(
        () -> assertEquals(AugmentationKind.LIGHT, kind("")),
        () -> assertEquals(AugmentationKind.LIGHT, kind("", "preset=nnunet")),
        () -> assertEquals(AugmentationKind.FULL, kind(full)),
        () -> assertEquals(AugmentationKind.LIGHT, kind(full, "augmentationKind=light")),
        () -> assertEquals(AugmentationKind.FULL, kind("", "augmentationKind=full")),
        () -> assertEquals(0, strength(full, "augmentation=false")));
  }

  private static AugmentationKind kind(String training, String... properties) {
    return Pom.experiment(Pom.LIVER + "<training>" + training + "</training>", properties)
        .training()
        .augmentationKind();
  }

  private static double strength(String training, String... properties) {
    return Pom.experiment(Pom.LIVER + "<training>" + training + "</training>", properties)
        .training()
        .augmentationStrength();
  }

  @Test
  void schedulesAndOptimizersOfEachKind() {
    assertAll(
        () ->
            assertEquals(new Schedule.Polynomial(), training("", "schedule=POLYNOMIAL").schedule()),
        () ->
            assertEquals(new Schedule.Cosine(), training("<schedule>cosine</schedule>").schedule()),
        () -> assertEquals(Plateau.SOURCE, training("<schedule>plateau</schedule>").schedule()),
        () ->
            assertEquals(
                Plateau.NNUNET, training("", "preset=nnunet", "schedule=plateau").schedule()),
        () -> assertEquals(new Sgd(0.99, 0, 0), training("", "optimizer=sgd").optimizer()),
        // The preset's decay, without its variant of Adam.
        () ->
            assertEquals(
                new Sgd(0.99, 3e-5, 0),
                training("<optimizer>sgd</optimizer>", "preset=nnunet").optimizer()),
        () ->
            assertEquals(
                new Sgd(0.5, 0.1, 3),
                training(
                        "<optimizer>sgd</optimizer><momentum>0.5</momentum><weightDecay>0.1"
                            + "</weightDecay><gradientClipping>3</gradientClipping>"
                            + "<amsgrad>false</amsgrad>")
                    .optimizer()));
  }

  @Test
  void anOptionOfAnotherKindIsRefusedWithBothNames() {
    assertRefusedTraining(
        "<optimizer>sgd</optimizer><amsgrad>true</amsgrad>",
        "<amsgrad> of <training> is true, but <optimizer> of <training> is sgd.",
        "option of adam",
        "<optimizer=adam>");
    assertRefusedTraining(
        "<schedule>cosine</schedule><plateauPatience>3</plateauPatience>",
        "<plateauPatience> of <training> is 3, but <schedule> of <training> is cosine.",
        "<schedule=plateau>");
    assertRefusedTraining("<optimizer>sgd</optimizer><momentum>1</momentum>", "<momentum> is 1");
    String message =
        assertThrows(
                BadInputException.class,
                () -> training("<schedule>polynomial</schedule>", "plateauFactor=0.5"))
            .getMessage();
    assertTrue(
        message.startsWith(
            "-Dmskd.plateauFactor is 0.5, but <schedule> of <training> is polynomial."),
        message);
  }

  @Test
  void aPropertyThatChoosesAKindOverridesThePomsOptionsOfAnother() {
    assertAll(
        () ->
            assertEquals(
                new Sgd(0.99, 0, 0),
                training("<amsgrad>true</amsgrad>", "optimizer=sgd").optimizer()),
        () ->
            assertEquals(
                Adam.PLAIN,
                training("<optimizer>sgd</optimizer><momentum>0.5</momentum>", "optimizer=adam")
                    .optimizer()),
        () ->
            assertEquals(
                new Schedule.Cosine(),
                training("<plateauFactor>0.5</plateauFactor>", "schedule=cosine").schedule()));
  }

  private static void assertRefusedTraining(String elements, String... parts) {
    Pom.assertRefused(Pom.LIVER + "<training>" + elements + "</training>", parts);
  }

  private static Training training(String elements, String... properties) {
    return Pom.experiment(Pom.LIVER + "<training>" + elements + "</training>", properties)
        .training();
  }
}
