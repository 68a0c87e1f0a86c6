package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.maven.TeacherOnDisk;
import org.mskd.model.ModelKind;
import org.mskd.problem.BadInputException;

/** The defaults of a student with given teachers. */
class StartingPointTest {
  private static final String GIVEN =
      """
      <teachers>
        <teacher><organ>liver</organ><model>models/liver.mskd</model></teacher>
        <teacher><organ>spleen</organ><model>models/spleen.mskd</model></teacher>
      </teachers>
      <unlabelled><images><name>archive</name><directory>ct</directory></images></unlabelled>
      """;

  @TempDir Path folder;
  private Path model;
  private Path second;

  @BeforeEach
  void giveTwo() {
    model = folder.resolve("models/liver.mskd");
    second = folder.resolve("models/spleen.mskd");
    TeacherOnDisk.write(model, "liver");
    TeacherOnDisk.write(second, "spleen");
  }

  private Experiment read(String content, String... properties) {
    return new ExperimentReader(Pom.section(folder, GIVEN + content, properties)).experiment();
  }

  private BadInputException refusal() {
    return assertThrows(BadInputException.class, () -> read(""));
  }

  @Test
  void missingElementsHaveTheFirstTeachersValues() {
    Experiment experiment = read("<preset>accurate</preset>");
    assertEquals(new Preprocessing(64, -100, 240.5, List.of(1.5, 5.0)), experiment.preprocessing());
    assertEquals(new Network(6, 3, Normalization.NONE), experiment.network());
    assertEquals(32, experiment.training().patchSize());
  }

  @Test
  void itIsSoWithDataSetsToo() {
    String sets =
        "<datasets><dataset><organ>kidney</organ><directory>k</directory></dataset></datasets>";
    assertEquals(TeacherOnDisk.SLICES, read(sets).preprocessing());
  }

  @Test
  void aTeacherOfWholeSlicesGivesNoPatch() {
    TeacherOnDisk.write(model, ModelKind.TEACHER, "liver", 64);
    assertEquals(0, read("").training().patchSize());
  }

  /** With a patch teachers run in each step, which one that reads other slices cannot. */
  @Test
  void aPatchIsTakenOverIfAllTeachersReadIt() {
    TeacherOnDisk.write(second, ModelKind.TEACHER, "spleen", 48);
    assertEquals(0, read("").training().patchSize(), "two patches");
    TeacherOnDisk.write(
        second,
        ModelKind.TEACHER,
        "spleen",
        32,
        TeacherOnDisk.NETWORK.withNeighbours(new Neighbours(1, 0)));
    assertEquals(0, read("").training().patchSize(), "one reads neighbours");
    TeacherOnDisk.write(second, "spleen");
    assertEquals(32, read("").training().patchSize());
    assertEquals(0, read("", "window=-50 50").training().patchSize(), "another window");
    assertEquals(0, read("", "sliceSize=16").training().patchSize(), "smaller slices");
    assertEquals(0, read("", "neighbours=1").training().patchSize(), "the student's neighbours");
  }

  @Test
  void neighboursAreThoseOfTheFirstTeacher() {
    Network network = TeacherOnDisk.NETWORK.withNeighbours(new Neighbours(2, 2.5));
    TeacherOnDisk.write(model, ModelKind.TEACHER, "liver", 64, network);
    assertEquals(network, read("").network());
    assertEquals(new Neighbours(1, 2.5), read("", "neighbours=1").network().neighbours());
    assertEquals(new Neighbours(2, 5), read("", "neighbourDistance=5").network().neighbours());
    assertEquals(Neighbours.NONE, read("", "neighbours=0").network().neighbours());
  }

  /** Each alone: the others keep the teacher's values. */
  @Test
  void givenElementsAreLeftToTheCheck() {
    Preprocessing slices = TeacherOnDisk.SLICES;
    assertAll(
        () ->
            assertEquals(
                new Preprocessing(96, -100, 240.5, slices.targetSpacing()),
                read("", "sliceSize=96").preprocessing()),
        () ->
            assertEquals(
                new Preprocessing(64, -50, 50, slices.targetSpacing()),
                read("<preprocessing><window>-50 50</window></preprocessing>").preprocessing()),
        () ->
            assertEquals(List.of(2.0), read("", "targetSpacing=2").preprocessing().targetSpacing()),
        () ->
            assertEquals(
                new Network(6, 2, Normalization.NONE),
                read("<network><depth>2</depth></network>").network()),
        () -> assertEquals(8, read("", "baseChannels=8").network().baseChannels()),
        () ->
            assertEquals(
                Normalization.INSTANCE,
                read("", "normalization=instance").network().normalization()),
        () -> assertEquals(16, read("", "patchSize=16").training().patchSize()),
        () -> assertEquals(0, read("", "patchSize=0").training().patchSize()));
  }

  @Test
  void anUnusableTeacherFileIsNamedAtOnce() throws IOException {
    TeacherOnDisk.write(model, "spleen");
    assertEquals(
        model + " is given as the teacher of liver, but is one of spleen.", refusal().problem());
    TeacherOnDisk.write(model, ModelKind.STUDENT, "liver", 64);
    assertEquals(
        model + " is given as the teacher of liver, but is a student of [liver].",
        refusal().problem());
    Files.writeString(model, "no model");
    assertTrue(refusal().problem().startsWith(model + " cannot be used: "), refusal().problem());
    assertEquals(
        "Give the model.mskd of a teacher of liver, or take a fresh copy of it.",
        refusal().remedy());
    Files.delete(model);
    assertEquals(
        model + " is missing or not a file; it should be the model of the teacher of liver.",
        refusal().problem());
    assertEquals(
        "Correct the <model> of that <teacher>, or put the file there.", refusal().remedy());
  }
}
