package org.mskd.maven.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.discovery.FoundData;
import org.mskd.discovery.FoundImages;
import org.mskd.discovery.FoundLabels;
import org.mskd.discovery.FoundOrgan;
import org.mskd.discovery.FoundTest;
import org.mskd.discovery.LeftOut;
import org.mskd.discovery.OrganValues;
import org.mskd.discovery.Remark;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.LabelGrid;
import org.mskd.experiment.LabelReading;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.Network;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.experiment.ValueRange;
import org.mskd.problem.BadInputException;

class PomTextTest {
  private static final PluginVersion PLUGIN =
      new PluginVersion("org.mskd", "mskd-maven-plugin", "1.2.3");
  private static final Path FOLDER = Path.of("/home/user/experiment");
  private static final Path POM = FOLDER.resolve("pom.xml");
  private static final Path CT = FOLDER.resolve("ct");

  private static FoundOrgan liver(Path directory, Remark... remarks) {
    return new FoundOrgan("liver", directory, List.of(1, 2), 3, List.of(remarks));
  }

  private static FoundData only(FoundOrgan organ, int side) {
    return new FoundData(
        List.of(organ), List.of(), List.of(), Optional.empty(), side, List.of(), List.of());
  }

  private static String text(FoundData found) {
    return PomText.of(CT, found, POM, PLUGIN);
  }

  private static Experiment experiment(String pom) throws Exception {
    return WrittenPom.experiment(new StringReader(pom), FOLDER);
  }

  @Test
  void theExperimentIsThatOfTheData() throws Exception {
    FoundData found =
        new FoundData(
            List.of(
                liver(CT.resolve("liver")),
                new FoundOrgan("kidney", CT.resolve("kidney"), List.of(1), 2, List.of())),
            List.of(
                new FoundLabels(
                    "all",
                    List.of(CT.resolve("liver/imagesTr"), CT.resolve("kidney/imagesTr")),
                    CT.resolve("all/labelsTr"),
                    List.of(
                        new OrganValues("liver", List.of(6)),
                        new OrganValues("kidney", List.of(2))),
                    5,
                    List.of()),
                new FoundLabels(
                    "own",
                    List.of(CT.resolve("own/imagesTr")),
                    CT.resolve("own/labelsTr"),
                    List.of(new OrganValues("aorta", List.of(1))),
                    5,
                    List.of())),
            List.of(new FoundImages("archive", CT.resolve("archive"), 9)),
            Optional.of(
                new FoundTest(
                    CT.resolve("test"),
                    List.of(
                        new OrganValues("liver", List.of(6)),
                        new OrganValues("kidney", List.of(2))),
                    List.of(),
                    List.of(),
                    4,
                    List.of())),
            200,
            List.of(),
            List.of());
    String pom = text(found);
    Experiment experiment = experiment(pom);
    assertEquals(
        List.of(
            new DatasetSource("liver", CT.resolve("liver"), List.of(1, 2)),
            new DatasetSource("kidney", CT.resolve("kidney"), List.of(1))),
        experiment.datasets());
    assertEquals(
        List.of(
            new MultiOrganSource(
                "all",
                List.of(CT.resolve("liver/imagesTr"), CT.resolve("kidney/imagesTr")),
                CT.resolve("all/labelsTr"),
                List.of(new OrganLabel("liver", 6), new OrganLabel("kidney", 2))),
            new MultiOrganSource(
                "own",
                List.of(CT.resolve("own/imagesTr")),
                CT.resolve("own/labelsTr"),
                List.of(new OrganLabel("aorta", 1)))),
        experiment.multiOrgan());
    assertEquals(
        List.of(new UnlabelledSource("archive", CT.resolve("archive"))), experiment.unlabelled());
    assertEquals(
        Optional.of(
            new TestSet(
                CT.resolve("test"),
                List.of(new OrganLabel("liver", 6), new OrganLabel("kidney", 2)))),
        experiment.testSet());
    // 13 times 16, which the default depth of 4 requires.
    assertEquals(208, experiment.preprocessing().sliceSize());
    assertEquals(Network.DEFAULT, experiment.network());
    assertEquals(Training.DEFAULT, experiment.training());
    assertEquals(Experiment.DEFAULT_SEED, experiment.seed());
    assertTrue(pom.contains("<version>1.2.3</version>"), pom);
    assertTrue(pom.lines().skip(2).allMatch(line -> line.length() <= 120), pom);
  }

  /** These elements take several values. */
  @Test
  void partsOfAnOrganBackgroundAndIgnoredValuesAreWrittenAsLists() throws Exception {
    FoundTest test =
        new FoundTest(
            CT.resolve("test"),
            List.of(new OrganValues("kidney", List.of(3, 4))),
            List.of(5, 6),
            List.of(255),
            1,
            List.of(new Remark("Assumption: this.", true)));
    String pom =
        text(
            new FoundData(
                List.of(new FoundOrgan("kidney", CT, List.of(1), 1, List.of())),
                List.of(),
                List.of(),
                Optional.of(test),
                0,
                List.of(),
                List.of()));
    assertTrue(pom.contains("<organ>kidney</organ><value>3 4</value>"), pom);
    assertTrue(pom.contains("<backgroundValues>5 6</backgroundValues>"), pom);
    assertTrue(pom.contains("<ignoreValues>255</ignoreValues>"), pom);
    assertEquals(
        new LabelReading(
            List.of(ValueRange.of(5), ValueRange.of(6)),
            List.of(ValueRange.of(255)),
            LabelGrid.LABEL),
        experiment(pom).testSet().orElseThrow().reading());
    assertTrue(pom.contains("<!-- CHECK: Assumption: this. -->"), pom);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "R&D <2024>",
        "Müller 肝",
        " blanks at the ends ",
        "a  b",
        "'\"]]>",
        "--",
        "back\\slash"
      })
  void anyFolderCanBeDeclared(String name) throws Exception {
    Path directory = CT.resolve(name);
    Remark remark = new Remark("Found in " + name + " -- see there -", false);
    FoundData found = only(liver(directory, remark), 512);
    for (Path data : List.of(directory, CT)) {
      Experiment experiment = experiment(PomText.of(data, found, POM, PLUGIN));
      assertEquals(directory, experiment.datasets().get(0).directory());
      assertEquals(Preprocessing.DEFAULT, experiment.preprocessing());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"${ct}", "two\nlines", "\u0001"})
  void folderNamesThatAPomCannotHoldAreRefused(String name) {
    FoundData found = only(liver(CT.resolve(name)), 0);
    String message = assertThrows(BadInputException.class, () -> text(found)).getMessage();
    assertTrue(message.contains("Rename the folder."), message);
  }

  @Test
  void dataBelowAndBesideTheFolderOfThePomHaveARelativePath() throws Exception {
    assertEquals(".", new PomPath(FOLDER, FOLDER).ofData());
    assertEquals("data/ct", new PomPath(FOLDER, FOLDER.resolve("data/ct")).ofData());
    assertEquals("../ct", new PomPath(FOLDER, Path.of("/home/user/ct")).ofData());
    assertEquals("..", new PomPath(FOLDER, Path.of("/home/user")).ofData());
    assertEquals("/home/data", new PomPath(FOLDER, Path.of("/home/data")).ofData());
    assertEquals("${ct}", new PomPath(FOLDER, CT).of(CT));
    assertEquals("${ct}/a/liver", new PomPath(FOLDER, CT).of(CT.resolve("a/liver")));
    for (Path data : List.of(FOLDER, Path.of("/mnt/ct"), Path.of("/home/user/ct"))) {
      Path set = data.resolve("liver");
      String pom = PomText.of(data, only(liver(set), 512), POM, PLUGIN);
      assertEquals(set, experiment(pom).datasets().get(0).directory());
    }
  }

  @Test
  void slicesAreNeverSmallerThanTheNetworkAllows() throws Exception {
    assertEquals(32, experiment(text(only(liver(CT), 20))).preprocessing().sliceSize());
    assertFalse(text(only(liver(CT), 0)).contains("<preprocessing>"));
    assertFalse(text(only(liver(CT), 700)).contains("<preprocessing>"));
  }

  @Test
  void aDamagedImageIsMarkedInThePom() {
    Remark damaged = new Remark("liver/imagesTr/a.nii.gz is damaged.", true);
    FoundData found =
        new FoundData(
            List.of(liver(CT)),
            List.of(),
            List.of(),
            Optional.empty(),
            0,
            List.of(damaged),
            List.of());
    assertTrue(text(found).contains("<!-- CHECK: " + damaged.text() + " -->"), text(found));
  }

  @Test
  void theCommandsNameAPomOfAnotherName() {
    FoundData found = only(liver(CT), 512);
    Path other = FOLDER.resolve("other.xml");
    assertTrue(PomText.of(CT, found, other, PLUGIN).contains("mvn -f other.xml mskd:run"));
    assertTrue(
        FoundReport.written(other, List.of(), FOLDER)
            .endsWith("Next: mvn -f other.xml mskd:check-data, then mvn -f other.xml mskd:run"));
    assertEquals("mvn", NextCommand.mvn(POM, FOLDER));
    assertEquals("mvn -f 'a b.xml'", NextCommand.mvn(FOLDER.resolve("a b.xml"), FOLDER));
    assertEquals(
        "mvn -f 'a'\\''b/pom.xml'", NextCommand.mvn(FOLDER.resolve("a'b/pom.xml"), FOLDER));
  }

  /** The comment in the POM is for its own folder, the printed command for that of the user. */
  @Test
  void theNextCommandNamesAPomInAnotherFolder() {
    Path pom = FOLDER.resolve("other/pom.xml");
    assertTrue(
        FoundReport.written(pom, List.of(), FOLDER)
            .endsWith(
                "Next: mvn -f other/pom.xml mskd:check-data, then mvn -f other/pom.xml mskd:run"));
    assertEquals("mvn -f " + POM, NextCommand.mvn(POM, FOLDER.resolve("other")));
    String text = PomText.of(CT, only(liver(CT), 512), pom, PLUGIN);
    assertTrue(text.contains("mvn mskd:run"), text);
  }

  @Test
  void dataThatAreNotUsedAreAWarning() {
    FoundData found =
        new FoundData(
            List.of(liver(CT.resolve("liver"))),
            List.of(),
            List.of(),
            Optional.empty(),
            0,
            List.of(),
            List.of(new LeftOut(CT.resolve("b/liver"), "Why.")));
    List<FoundReport.Line> lines = FoundReport.of(CT, found);
    assertEquals(
        List.of(new FoundReport.Line("Not used: b/liver. Why.", true)),
        lines.stream().filter(FoundReport.Line::warning).toList());
    assertTrue(FoundReport.written(POM, lines, FOLDER).contains("Check what the warnings name"));
    assertFalse(FoundReport.written(POM, List.of(), FOLDER).contains("Check"));
  }
}
