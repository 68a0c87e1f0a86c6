package org.mskd.pipeline.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.mskd.architecture.Architecture;
import org.mskd.architecture.ConditionalUNet2d;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.Distillation;
import org.mskd.export.ExportedNetworks;
import org.mskd.file.Sha256;
import org.mskd.file.VerifiedFiles;
import org.mskd.method.MskdMethod;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.EventTexts;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.StageRuns;
import org.mskd.pipeline.claim.OutputDirectory;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.plan.FinishedRun;
import org.mskd.pipeline.plan.FolderCheck;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.ExportOptions;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** {@code mskd:export} of models with random weights, checked on a scan. */
class ExportRunTest {
  private static final String CHECKED =
      "ONNX Runtime [0-9.]+: largest difference \\S+ of the logits' standard deviation on 6 slices,"
          + " .*";

  @TempDir Path root;
  private SmallExperiment small;
  private Path scan;

  @BeforeEach
  void declare() {
    small = new SmallExperiment(root);
    small.methods.add(MskdMethod.student("second", Distillation.DEFAULT));
    scan = root.resolve("scan.nii.gz");
    Grid grid = new Grid(32, 32, 6, Affine.of(-2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 5, 0));
    float[] voxels = new float[grid.size()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = (i * 37 + i / 32 * 11) % 500 - 200;
    }
    NiftiWriter.write(scan, new Volume(grid, voxels), VoxelType.INT16);
  }

  private Path train(ModelKind kind, String name, Architecture architecture, List<String> organs) {
    ExperimentFolders folders = new ExperimentFolders(small.output());
    Path file =
        ExperimentFolders.modelIn(
            kind == ModelKind.TEACHER ? folders.teacher(name) : folders.method(name));
    ModelCard card =
        new ModelCard(
            kind,
            architecture,
            organs,
            small.preprocessing,
            small.preprocessing.sliceSize(),
            1,
            new TreeMap<>(),
            List.of());
    ModelArchive.write(file, card, ExportedNetworks.weights(architecture, 5).values());
    return file;
  }

  private Path student(String name) {
    return train(ModelKind.STUDENT, name, UNet2d.of(small.network, 3), List.of("liver", "spleen"));
  }

  private static ExportOptions options(Optional<Path> model, Optional<Path> scan, String... names) {
    return new ExportOptions(List.of(names), model, scan, true, "1.2");
  }

  private WorkerRequest ofExperiment(String... names) {
    return small
        .request(Goal.EXPORT)
        .withExport(options(Optional.empty(), Optional.of(scan), names));
  }

  private WorkerRequest ofFile(Path model, Path output, Optional<Path> input) {
    return WorkerRequest.of(Goal.EXPORT, output)
        .withBackend("cpu", new TreeMap<>())
        .withExport(options(Optional.of(model), input));
  }

  private static List<String> run(WorkerRequest request) throws IOException {
    Path folder = request.outputDirectory();
    Files.createDirectories(folder);
    Files.deleteIfExists(EventLog.fileIn(folder));
    try (EventLog events = EventLog.open(folder)) {
      new ExportRun(request, events).run();
    }
    List<Event> happened = StageRuns.events(folder);
    List<String> texts = EventTexts.of(happened);
    assertEquals(happened.size(), texts.size(), happened::toString);
    return texts;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private static void assertAny(List<String> lines, String pattern) {
    assertTrue(lines.stream().anyMatch(line -> line.matches(pattern)), lines::toString);
  }

  @Test
  void studentsAndTeachersOfAnExperiment() throws IOException {
    Path model = student("mskd");
    student("second");
    train(ModelKind.TEACHER, "liver", UNet2d.of(small.network, 2), List.of("liver"));
    Path export = small.output().resolve("export");
    List<String> lines = run(ofExperiment());
    assertEquals(List.of("MODEL_CARD.md", "mskd.onnx", "second.onnx"), files(export));
    assertAny(lines, "export mskd: .*mskd\\.onnx, 0\\.\\d MB; " + CHECKED);
    assertAny(lines, "Model card: .*MODEL_CARD\\.md");
    String card = Files.readString(export.resolve("MODEL_CARD.md"));
    assertTrue(card.contains(Sha256.of(export.resolve("mskd.onnx"))), card);
    assertTrue(card.contains(Sha256.of(model)), card);
    assertTrue(card.contains("There are no scores of this network"), card);
    byte[] first = Files.readAllBytes(export.resolve("mskd.onnx"));
    List<String> later = run(ofExperiment("teacher:liver", "mskd"));
    assertArrayEquals(first, Files.readAllBytes(export.resolve("mskd.onnx")));
    assertEquals(
        List.of("MODEL_CARD.md", "mskd.onnx", "second.onnx", "teachers/liver.onnx"), files(export));
    assertAny(later, ".* does not describe files of earlier exports: second\\.onnx\\.");
    String other = Files.readString(export.resolve("MODEL_CARD.md"));
    assertTrue(other.contains("- `teachers/liver.onnx`: liver\n- `mskd.onnx`"), other);
  }

  /** The second of two models is damaged: the first, which is right, is not put in place either. */
  @Test
  void nothingIsReplacedUnlessAllPass() throws IOException {
    student("mskd");
    Path second = student("second");
    run(ofExperiment());
    Path export = small.output().resolve("export");
    String before = Sha256.of(export.resolve("mskd.onnx"));
    train(ModelKind.STUDENT, "mskd", UNet2d.of(small.network, 3), List.of("liver", "spleen"));
    Files.writeString(second, "damaged");
    BadInputException e = assertThrows(BadInputException.class, () -> run(ofExperiment()));
    assertTrue(e.problem().startsWith(second.toString()), e.problem());
    assertEquals(before, Sha256.of(export.resolve("mskd.onnx")));
    assertEquals(List.of("MODEL_CARD.md", "mskd.onnx", "second.onnx"), files(export));
  }

  @Test
  void aModelOfAnotherMethodIsRefused() {
    train(
        ModelKind.STUDENT,
        "mskd",
        new ConditionalUNet2d(small.network, 1, 2),
        List.of("liver", "spleen"));
    BadInputException e = assertThrows(BadInputException.class, () -> run(ofExperiment()));
    assertTrue(e.problem().contains("its architecture: unet-2d-conditional"), e.problem());
  }

  /** The data are text, which no stage was run on. */
  @Test
  void modelsThatARunWouldTrainAgainAreNamed() throws IOException {
    student("mskd");
    assertAny(run(ofExperiment()), "student mskd is not up to date .*: its last finished model.*");
    Files.delete(root.resolve("spleen/imagesTr/c.nii"));
    Files.delete(root.resolve("spleen/imagesTr"));
    assertAny(run(ofExperiment()), "Whether models and scores are up to date is not known.*");
  }

  @Test
  void withoutSlicesThereIsNoCheckOfAnExperiment() {
    student("mskd");
    WorkerRequest request =
        small.request(Goal.EXPORT).withExport(options(Optional.empty(), Optional.empty()));
    BadInputException e = assertThrows(BadInputException.class, () -> run(request));
    assertTrue(e.problem().contains("holds no slices"), e.problem());
    assertTrue(e.remedy().contains("mskd:prepare"), e.remedy());
  }

  @Test
  void aModelThatIsGivenAsAFile() throws IOException {
    Path file = root.resolve("given.mskd");
    Architecture conditional = new ConditionalUNet2d(small.network, 1, 3);
    ModelCard card = ExportedNetworks.card(conditional, 32, 16);
    ExportedNetworks.write(file, card, ExportedNetworks.weights(conditional, 9));
    Path output = root.resolve("exported");
    assertAny(
        run(ofFile(file, output, Optional.of(scan))), "export given: .*given\\.onnx, .*" + CHECKED);
    assertEquals(List.of("MODEL_CARD.md", "events.jsonl", "given.onnx"), files(output));
    List<String> unchecked = run(ofFile(file, output, Optional.empty()));
    assertAny(unchecked, "export given: .* MB; not checked, since no scan is given.*");
    String text = Files.readString(output.resolve("MODEL_CARD.md"));
    assertTrue(text.contains("organ 1, organ 2, organ 3"), text);
  }

  /** It is 54 MB to download. */
  @Test
  void onnxRuntimeIsNeededWhereThereAreSlices() {
    Optional<Path> some = Optional.of(scan);
    assertTrue(options(Optional.empty(), Optional.empty()).needsRuntime());
    assertTrue(options(some, some).needsRuntime());
    assertFalse(options(some, Optional.empty()).needsRuntime());
    assertFalse(new ExportOptions(List.of(), some, some, false, "1").needsRuntime());
  }

  /** A name in an archive of unknown origin must not lead out of the folder. */
  @Test
  void theNameOfAGivenStudentIsThatOfItsExperimentIfItIsPlain() throws IOException {
    assertEquals("marginal-2.onnx", exportedAs("marginal-2"));
    assertEquals("given.onnx", exportedAs("../outside"));
    assertEquals("given.onnx", exportedAs(""));
    assertFalse(Files.exists(root.resolve("outside.onnx")));
  }

  private String exportedAs(String recorded) throws IOException {
    Path file = root.resolve("given.mskd");
    Architecture plain = UNet2d.of(small.network, 2);
    TreeMap<String, String> provenance = new TreeMap<>();
    provenance.put("student", recorded);
    ModelCard card =
        new ModelCard(
            ModelKind.STUDENT,
            plain,
            List.of("liver"),
            small.preprocessing,
            32,
            1,
            provenance,
            List.of());
    ExportedNetworks.write(file, card, ExportedNetworks.weights(plain, 9));
    Path output = root.resolve("named" + recorded.length());
    run(ofFile(file, output, Optional.empty()));
    return files(output).stream().filter(name -> name.endsWith(".onnx")).findFirst().orElseThrow();
  }

  @Test
  void whatIsMissingIsNamedBeforeAWorkerStarts() {
    refused(ofExperiment(), "No student of this experiment is trained.");
    student("mskd");
    assertEquals(Optional.empty(), FinishedRun.of(ofExperiment()));
    refused(ofExperiment("none"), "There is no model 'none' in this experiment.");
    Path missing = root.resolve("missing.mskd");
    Path output = root.resolve("exported");
    refused(ofFile(missing, output, Optional.empty()), missing + " is missing");
    Path model = ExperimentFolders.modelIn(new ExperimentFolders(small.output()).method("mskd"));
    refused(
        ofFile(model, output, Optional.of(root.resolve("none.nii"))),
        "<input> " + root.resolve("none.nii") + " is missing.");
    assertFalse(Files.exists(output));
  }

  @Test
  void aModelThatWasReplacedAfterItsSignatureWasVerifiedIsNotExported() throws IOException {
    Path model = student("mskd");
    WorkerRequest request = ofFile(model, root.resolve("exported"), Optional.empty());
    VerifiedFiles signed = VerifiedFiles.NONE.with(model, Sha256.of("another model"));
    WorkerRequest replaced = request.withOptions(request.options().verifying(signed));
    BadInputException e = assertThrows(BadInputException.class, () -> run(replaced));
    assertEquals(model + " has changed since its signature was verified.", e.problem());
    assertFalse(Files.exists(root.resolve("exported/mskd.onnx")));
  }

  private static void refused(WorkerRequest request, String problem) {
    BadInputException e = assertThrows(BadInputException.class, () -> FinishedRun.of(request));
    assertTrue(e.problem().startsWith(problem), e.problem());
  }

  @Test
  void theOutputDirectoryOfAnExperimentIsNoPlaceForAGivenModel() throws IOException {
    Path model = student("mskd");
    OutputDirectory.take(root.resolve("other"));
    Files.createDirectories(root.resolve("other/stages/student"));
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> FolderCheck.check(ofFile(model, root.resolve("other"), Optional.empty())));
    assertTrue(e.problem().endsWith("is the output directory of an experiment."), e.problem());
    assertTrue(e.remedy().contains("one of earlier exports"), e.remedy());
  }
}
