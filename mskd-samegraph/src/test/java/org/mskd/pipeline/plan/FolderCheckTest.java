package org.mskd.pipeline.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.dataset.phantom.PhantomMaker;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.claim.OutputDirectory;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;

/**
 * No run writes into folders of the user's data, and the check comes before anything is written.
 */
class FolderCheckTest {
  @TempDir private Path root;
  private SmallExperiment experiment;

  @BeforeEach
  void declare() {
    experiment = new SmallExperiment(root);
  }

  private void check(Path output) {
    check(output, experiment.experiment());
  }

  private static void check(Path output, Experiment declared) {
    FolderCheck.check(
        WorkerRequest.of(Goal.RUN, output)
            .withExperiment(declared)
            .withBackend("cpu", new TreeMap<>()));
  }

  private BadInputException refused(Path output) throws IOException {
    List<String> before = tree();
    BadInputException e = assertThrows(BadInputException.class, () -> check(output));
    assertEquals(before, tree(), "something was changed");
    assertTrue(e.remedy().contains("Nothing was changed"), e.remedy());
    return e;
  }

  private List<String> tree() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private Path ours(String folder) {
    OutputDirectory.take(root.resolve(folder));
    return root.resolve(folder);
  }

  private void move(String from, String to) throws IOException {
    Files.createDirectories(root.resolve(to).getParent());
    Files.move(root.resolve(from), root.resolve(to));
  }

  @Test
  void dataBesideTheOutputAreFine() {
    assertDoesNotThrow(() -> check(root.resolve("out")));
    assertDoesNotThrow(() -> check(ours("out")));
    assertDoesNotThrow(() -> check(root.resolve("liver/results")), "beside its imagesTr");
  }

  @ParameterizedTest
  @ValueSource(strings = {"teachers/liver", "prepared/liver", "kept/x", "mine", ".work/x"})
  void aDataSetInTheOutputDirectoryIsRefused(String place) throws IOException {
    Path output = ours("out");
    move("liver", "out/" + place);
    experiment.liverFolder = "out/" + place;
    BadInputException e = refused(output);
    assertTrue(e.problem().contains("<dataset> liver"), e.problem());
    assertTrue(e.problem().contains(output.toString()), e.problem());
  }

  @Test
  void theProjectsFolderIsNoOutputDirectory() throws IOException {
    assertTrue(refused(root).problem().contains("is not marked as an output directory"));
  }

  @Test
  void dotsAndLinksAreResolved() throws IOException {
    Path output = ours("out");
    move("liver", "out/teachers/liver");
    experiment.liverFolder = "spleen/../out/teachers/../teachers/liver";
    refused(output);
    Files.createSymbolicLink(root.resolve("elsewhere"), root.resolve("out/teachers"));
    experiment.liverFolder = "elsewhere/liver";
    refused(output);
    Files.createSymbolicLink(root.resolve("output-link"), output);
    refused(root.resolve("output-link"));
  }

  @Test
  void oneImageBehindALinkIsEnough() throws IOException {
    Path output = ours("out");
    experiment.write("out/predictions/mskd/p.nii", "a prediction");
    Files.createSymbolicLink(
        root.resolve("spleen/imagesTr/p.nii"), root.resolve("out/predictions/mskd/p.nii"));
    BadInputException e = refused(output);
    assertTrue(e.problem().contains("p.nii"), e.problem());
    assertTrue(e.problem().contains("the images of <dataset> spleen"), e.problem());
  }

  @Test
  void aTestSetIsDataToo() throws IOException {
    Path output = ours("out");
    move("multi", "out/evaluation/multi");
    experiment.testSet = Optional.of(experiment.testSet("out/evaluation/multi", 1, 2));
    assertTrue(refused(output).problem().contains("<testSet>"));
  }

  @Test
  void soAreUnlabelledImagesAndGivenTeachers() throws IOException {
    Path output = ours("out");
    experiment.addImages("ct");
    move("ct", "out/foreground/ct");
    experiment.unlabelled.set(0, new UnlabelledSource("ct", root.resolve("out/foreground/ct")));
    assertTrue(refused(output).problem().contains("<images> ct"));
    experiment.unlabelled.clear();
    experiment.write("out/teachers/liver/model.mskd", "model");
    experiment.teachers.add(
        new TeacherFile("liver", root.resolve("out/teachers/liver/model.mskd")));
    assertTrue(refused(output).problem().contains("<teacher> of liver"));
    Files.createSymbolicLink(
        root.resolve("link.mskd"), root.resolve("out/teachers/liver/model.mskd"));
    experiment.teachers.set(0, new TeacherFile("liver", root.resolve("link.mskd")));
    refused(output);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "liver/imagesTr/out",
        "liver/labelsTr/out",
        "multi/imagesTs/out",
        "multi/labelsTs/a/b",
        "spleen/imagesTr/../imagesTr/out"
      })
  void anOutputDirectoryInAFolderOfImagesOrLabelsIsRefused(String place) throws IOException {
    BadInputException e = refused(root.resolve(place));
    assertTrue(e.problem().startsWith("<outputDirectory> "), e.problem());
  }

  @Test
  void soIsOneInAFolderOfUnlabelledImages() throws IOException {
    experiment.addImages("ct");
    assertTrue(refused(root.resolve("ct/out")).problem().contains("<images> ct"));
  }

  private void phantomsIn(String folder) {
    experiment.phantoms =
        Optional.of(new Phantoms(root.resolve(folder), List.of("liver"), 1, 1, 48, 8, 1));
  }

  @Test
  void phantomsThatTheRunDrawsItselfAreFine() {
    phantomsIn("drawn");
    PhantomMaker.make(experiment.phantoms.orElseThrow(), (id, done, of) -> {});
    experiment.liverFolder = "drawn/liver";
    assertDoesNotThrow(() -> check(root.resolve("out")));
    phantomsIn("out/phantoms");
    experiment.liverFolder = "out/phantoms/liver";
    assertDoesNotThrow(() -> check(root.resolve("out")), "not drawn yet");
  }

  @Test
  void filesThatAreNoVolumesDoNotMatter() {
    phantomsIn("drawn");
    PhantomMaker.make(experiment.phantoms.orElseThrow(), (id, done, of) -> {});
    for (String name : List.of("notes.txt", "._x.nii.gz", ".nfs0001", "liver-003.nii.gz.part")) {
      experiment.write("drawn/liver/imagesTr/" + name, "");
    }
    experiment.liverFolder = "drawn/liver";
    assertDoesNotThrow(() -> check(root.resolve("out")));
  }

  @Test
  void dataOfOthersInThePhantomsFolderAreRefused() throws IOException {
    phantomsIn("drawn");
    move("spleen", "drawn/spleen");
    Experiment declared =
        new ExperimentBuilder()
            .seed(1)
            .datasets(
                List.of(new DatasetSource("spleen", root.resolve("drawn/spleen"), List.of(1))))
            .phantoms(experiment.phantoms)
            .preprocessing(experiment.preprocessing)
            .network(experiment.network)
            .training(experiment.training)
            .methods(experiment.methods)
            .teacherOutputs(experiment.experiment().teacherOutputs())
            .build();
    List<String> before = tree();
    BadInputException e =
        assertThrows(BadInputException.class, () -> check(root.resolve("out"), declared));
    assertEquals(before, tree());
    assertTrue(e.problem().contains("<phantomDirectory>"), e.problem());
    assertTrue(e.problem().contains("c.nii"), e.problem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"out", "out/teachers", "out/prepared/liver", ".", "out/.work"})
  void phantomsAreNotDrawnWhereStagesWrite(String place) throws IOException {
    ours("out");
    phantomsIn(place);
    BadInputException e = refused(root.resolve("out"));
    assertTrue(e.problem().startsWith("<phantomDirectory> "), e.problem());
  }

  @Test
  void phantomsAreNotDrawnInAFolderOfImages() throws IOException {
    phantomsIn("liver/imagesTr/drawn");
    assertTrue(refused(root.resolve("out")).problem().startsWith("<phantomDirectory> "));
  }
}
