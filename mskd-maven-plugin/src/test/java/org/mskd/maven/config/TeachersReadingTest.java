package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Rule;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.maven.TeacherOnDisk;
import org.mskd.maven.artifact.ModelCoordinates;
import org.mskd.model.ModelKind;
import org.mskd.problem.BadInputException;

class TeachersReadingTest {
  @TempDir Path folder;

  @Test
  void teachersAndImagesWithoutLabelsAreEnough() {
    Path model = folder.resolve("liver.mskd");
    TeacherOnDisk.write(model, ModelKind.TEACHER, "liver", TeacherOnDisk.SLICES.sliceSize());
    String teachers =
        "<teachers><teacher><organ>liver</organ><model>%s</model></teacher></teachers>"
            .formatted(model);
    String images =
        "<unlabelled><images><name>archive</name><directory>ct</directory></images></unlabelled>";
    Experiment experiment = Pom.experiment(teachers + images);
    assertEquals(List.of("liver"), experiment.organs());
    assertEquals(List.of("archive"), experiment.sources());
    assertTrue(new ExperimentReader(Pom.section(teachers)).declaresExperiment());
    assertTrue(new ExperimentReader(Pom.section(images)).declaresExperiment());
    assertAll(
        () -> Pom.assertRefused(teachers, "<teachers> are given, but", "<unlabelled>"),
        () -> Pom.assertRefused(images, "<datasets> declares no data set", "<teacher>"),
        () ->
            Pom.assertRefused(
                teachers + images + "<distillation><labelWeight>1</labelWeight></distillation>",
                "Method mskd uses labels, but no <dataset> is declared."),
        () ->
            Pom.assertRefused(
                teachers.replace("<model>" + model + "</model>", ""),
                "<model> of <teacher> 1 is missing"),
        () ->
            Pom.assertRefused(
                teachers.replace("<organ>liver</organ>", "") + images,
                "<organ> of <teacher> 1 is missing"),
        () ->
            Pom.assertRefused(
                teachers + images.replace("<name>archive</name>", ""),
                "<name> of <images> 1 is missing"),
        () ->
            Pom.assertRefused(
                teachers + images.replace("<directory>ct</directory>", ""),
                "<directory> of <images> 1 is missing"),
        () ->
            Pom.assertRefused(
                teachers + images.replace("archive", "../ct"),
                "<name> of <images> 1 is ../ct.",
                "change the element."),
        () ->
            Pom.assertRefused(
                teachers.replace("</teachers>", "")
                    + "<teacher><organ>liver</organ><model>b</model></teacher></teachers>"
                    + images,
                "<teachers> declares liver twice"),
        () ->
            Pom.assertRefused(
                Pom.LIVER + images.replace("archive", "liver"),
                "<images> liver has the name of <dataset> liver."));
  }

  @Test
  void aTeacherIsAFileOrAnArtifact() {
    String pom =
        """
        <teachers>
          <teacher><organ>liver</organ><artifact>org.h:liver:1</artifact></teacher>
          <teacher><organ>spleen</organ><artifact>org.h:all:mskd:spleen:2-SNAPSHOT</artifact></teacher>
          <teacher><organ>kidney</organ>%s<model>org.h:k:1</model></teacher>
        </teachers>
        <unlabelled><images><name>a</name><directory>ct</directory></images></unlabelled>
        """;
    Path liver = folder.resolve("liver-1.mskd");
    TeacherOnDisk.write(liver, ModelKind.TEACHER, "liver", TeacherOnDisk.SLICES.sliceSize());
    List<String> resolved = new ArrayList<>();
    ModelFiles files =
        new ModelFiles(
            coordinates -> {
              resolved.add(coordinates.toString());
              return liver;
            },
            false);
    Section section = Pom.section(folder, pom.formatted(""));
    ExperimentReader reader = new ExperimentReader(section, files);
    assertEquals(
        List.of("org.h:liver:1", "org.h:all:mskd:spleen:2-SNAPSHOT"),
        reader.artifacts().stream().map(ModelCoordinates::toString).toList());
    assertEquals(List.of(), resolved);
    assertEquals(
        List.of(
            new TeacherFile("liver", liver, "org.h:liver:1"),
            new TeacherFile("spleen", liver, "org.h:all:mskd:spleen:2-SNAPSHOT"),
            // A <model> is always a path.
            new TeacherFile("kidney", folder.resolve("org.h:k:1"))),
        reader.experiment().teachers());
    assertEquals(
        "<teacher> 3 has a <model> and an <artifact>. Keep one of them.",
        assertThrows(
                BadInputException.class,
                () ->
                    new ExperimentReader(
                            Pom.section(folder, pom.formatted("<artifact>org.h:k:1</artifact>")),
                            files)
                        .experiment())
            .getMessage());
    Pom.assertRefused(
        pom.formatted("").replace("org.h:liver:1", "liver"),
        "'liver' is not the coordinates of a model.");
  }

  @Test
  void anExperimentMayEndWithTheTeachers() {
    String only = "<teachersOnly>true</teachersOnly>";
    String methods = "<methods><method><name>mskd</name></method></methods>";
    assertAll(
        () -> assertEquals(List.of(), Pom.experiment(Pom.LIVER + only).methods()),
        () -> assertEquals(List.of(), Pom.experiment(Pom.LIVER, "teachersOnly=true").methods()),
        () ->
            assertEquals(
                List.of(), Pom.experiment(Pom.LIVER + methods, "teachersOnly=true").methods()),
        () ->
            assertEquals(
                1, Pom.experiment(Pom.LIVER + only, "teachersOnly=false").methods().size()),
        // What the command line names is trained.
        () ->
            assertEquals(
                "mskd", Pom.experiment(Pom.LIVER + only, "methods=mskd").methods().get(0).name()),
        () ->
            assertEquals(
                Rule.Kind.MINIMUM,
                Pom.experiment(
                        Pom.LIVER
                            + only
                            + "<rules><rule><metric>dice</metric><minimum>0</minimum></rule></rules>")
                    .rules()
                    .get(0)
                    .kind()),
        () ->
            Pom.assertRefused(
                Pom.LIVER + only + methods,
                "<teachersOnly> is true, but <methods> are declared.",
                "Leave one of them out"),
        () ->
            Pom.assertRefused(
                Pom.LIVER + only.replace("true", "yes"),
                "<teachersOnly> is yes.",
                "Allowed is true or false"),
        () ->
            Pom.assertRefused(
                Pom.LIVER + "<methods></methods>",
                "<methods> is empty.",
                "with <teachersOnly>true</teachersOnly> no student is trained"),
        () ->
            assertEquals(
                "-Dmskd.teachersOnly is true, but -Dmskd.methods are declared. Leave one of them"
                    + " out: without students there are no methods.",
                assertThrows(
                        BadInputException.class,
                        () -> Pom.experiment(Pom.LIVER, "teachersOnly=true", "methods=mskd"))
                    .getMessage()));
  }

  @Test
  void teachersOutputsAreStoredUnlessNetworksSeeCropsOrNothingMayBeStored() {
    String patch = "<training><patchSize>%d</patchSize></training>";
    String outputs = "<distillation><teacherOutputs>%s</teacherOutputs></distillation>";
    assertAll(
        () -> assertEquals(TeacherOutputs.DEFAULT, Pom.experiment(Pom.LIVER).teacherOutputs()),
        () -> assertEquals(8L << 30, Pom.experiment(Pom.LIVER).teacherOutputs().maxStore()),
        () -> assertTrue(Pom.experiment(Pom.LIVER, "maxStore=1m").teacherOutputs().mayStore()),
        () ->
            assertEquals(
                1 << 20, Pom.experiment(Pom.LIVER, "maxStore=1m").teacherOutputs().maxStore()),
        () -> assertFalse(Pom.experiment(Pom.LIVER, "maxStore=0").teacherOutputs().mayStore()),
        () -> assertFalse(Pom.experiment(Pom.LIVER, "maxStore=0m").teacherOutputs().mayStore()),
        () ->
            assertFalse(
                Pom.experiment(Pom.LIVER, "teacherOutputs=LIVE").teacherOutputs().mayStore()),
        () ->
            assertFalse(
                Pom.experiment(Pom.LIVER + patch.formatted(64)).teacherOutputs().mayStore()),
        () ->
            assertTrue(
                Pom.experiment(Pom.LIVER + patch.formatted(512)).teacherOutputs().mayStore()),
        () ->
            Pom.assertRefused(
                Pom.LIVER + patch.formatted(64) + outputs.formatted("stored"),
                "<teacherOutputs> is stored, but with <patchSize> 64 networks are trained on crops"
                    + " of slices of 512",
                "Set <teacherOutputs=live>"));
  }
}
