package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.MetricsFile;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.KeptComponents;
import org.mskd.experiment.LabelReading;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Prediction;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.experiment.ValueRange;
import org.mskd.file.Sha256;
import org.mskd.file.VerifiedFiles;
import org.mskd.method.MskdMethod;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.claim.OutputDirectory;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.plan.ExperimentPlan;
import org.mskd.pipeline.plan.FinishedRun;
import org.mskd.pipeline.plan.FolderCheck;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.HeaderBytes;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.SharedData;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** {@code mskd:predict} with networks of few weights, whose prediction follows from the pixel. */
class PredictRunTest {
  private static final List<String> ORGANS = List.of("liver", "kidney");
  @TempDir private Path root;
  @TempDir private Path models;
  private Preprocessing slices = new Preprocessing(32, -125, 275, List.of());
  private Path model;

  /** Background 0, liver above 15 HU, kidney above 130 HU. */
  @BeforeEach
  void give() {
    model = models.resolve("student.mskd");
    student(model, ModelKind.STUDENT, ORGANS, new float[] {0, 4, 12}, new float[] {0, -2.8f, -13});
  }

  private void student(
      Path file, ModelKind kind, List<String> organs, float[] slopes, float[] offsets) {
    PixelNetworks.write(file, kind, organs, slices, slices.sliceSize(), slopes, offsets);
  }

  private Prediction prediction(Path input) {
    return new Prediction(model, input, List.of(), false, 4);
  }

  private WorkerRequest request(Prediction prediction, String output) {
    return WorkerRequest.of(Goal.PREDICT, root.resolve(output))
        .withBackend("cpu", new TreeMap<>())
        .withPrediction(prediction);
  }

  private List<Event> run(WorkerRequest request) throws IOException {
    FolderCheck.check(request);
    return StageRuns.run(request);
  }

  private static Set<String> skipped(List<Event> events) {
    return events.stream()
        .filter(Event.StageSkipped.class::isInstance)
        .map(event -> ((Event.StageSkipped) event).stage())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Path scan(String name, int hu) {
    Path file = root.resolve("scans").resolve(name);
    Grid grid = new Grid(32, 32, 6, Affine.of(-2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 5, 0));
    float[] voxels = new float[grid.size()];
    Arrays.fill(voxels, -500);
    for (int z = 1; z < 4; z++) {
      for (int y = 8; y < 16; y++) {
        for (int x = 8; x < 16; x++) {
          voxels[grid.index(x, y, z)] = hu;
          voxels[grid.index(x + 12, y, z)] = 200;
        }
      }
    }
    voxels[grid.index(28, 28, 2)] = 200; // an island
    NiftiWriter.write(file, new Volume(grid, voxels), VoxelType.INT16);
    return file;
  }

  /** The scan has 32 voxels a side and slices have 32 pixels, so that a voxel is a pixel. */
  @Test
  void aFolderOfScansIsPredictedMeasuredAndListed() throws IOException {
    Path first = scan("ct_01_0000.nii.gz", 60);
    scan("ct_02.nii", -400);
    List<Event> events = run(request(prediction(first.getParent()), "out"));
    Volume predicted = NiftiReader.read(root.resolve("out/ct_01.nii.gz"));
    assertEquals(NiftiReader.readGrid(first), predicted.grid());
    for (int i = 0; i < predicted.voxels().length; i++) {
      float hu = NiftiReader.read(first).voxels()[i];
      assertEquals(hu == 60 ? 1 : hu == 200 ? 2 : 0, predicted.voxels()[i], "voxel " + i);
    }
    assertTrue(Files.exists(root.resolve("out/ct_02.nii")), "a .nii stays one");
    // 192 voxels of 20 mm3; the kidney has 192 and the island.
    assertEquals(
        List.of(
            "case,organ,voxels,volumeMl,meanHu",
            "ct_01,liver,192,3.840,60.00",
            "ct_01,kidney,193,3.860,200.00",
            "ct_02,liver,0,0.000,",
            "ct_02,kidney,193,3.860,200.00"),
        Files.readAllLines(root.resolve("out/volumes.csv")));
    assertTrue(
        Files.readString(root.resolve("out/dataset.json"))
            .contains("\"labels\":{\"background\":0,\"kidney\":2,\"liver\":1}"));
    assertTrue(
        events.contains(new Event.Message("ct_02: liver not found, kidney 3.9 ml")),
        events::toString);
    assertTrue(
        EventTexts.messages(events).stream()
            .anyMatch(text -> text.matches("1 of 2 scans, \\d+ s left")),
        events::toString);
    try (Stream<Path> files = Files.list(root)) {
      assertEquals(2, files.count(), "nothing outside the output folder");
    }
  }

  @Test
  void onlyWhatChangedIsPredictedAgain() throws IOException {
    Path first = scan("a.nii.gz", 60);
    scan("b.nii.gz", 60);
    Prediction all = prediction(first.getParent());
    WorkerRequest request = request(all, "out");
    run(request);
    assertTrue(FinishedRun.of(request).isPresent(), "no worker is needed");
    assertEquals(3, skipped(run(request)).size());
    scan("b.nii.gz", 70);
    scan("c.nii.gz", 60);
    assertEquals(Set.of("predict a (1 of 3)"), skipped(run(request)));
    Prediction filtered =
        new Prediction(
            model, all.input(), List.of(new KeptComponents("kidney", 1)), false, all.batchSize());
    assertEquals(Set.of(), skipped(run(request(filtered, "out"))));
    assertTrue(
        Files.readAllLines(root.resolve("out/volumes.csv")).contains("a,kidney,192,3.840,200.00"));
    student(model, ModelKind.TEACHER, List.of("liver"), new float[] {0, 4}, new float[] {0, -2.8f});
    assertEquals(Set.of(), skipped(run(request)));
    assertTrue(
        Files.readAllLines(root.resolve("out/volumes.csv")).contains("a,liver,385,7.700,130.18"));
  }

  @Test
  void probabilitiesAgreeWithTheLabels() throws IOException {
    Path file = scan("a.nii.gz", 60);
    run(request(new Prediction(model, file, List.of(), true, 4), "out"));
    Volume labels = NiftiReader.read(root.resolve("out/a.nii.gz"));
    Volume liver = NiftiReader.read(root.resolve("out/probabilities/liver/a.nii.gz"));
    Volume kidney = NiftiReader.read(root.resolve("out/probabilities/kidney/a.nii.gz"));
    assertEquals(labels.grid(), liver.grid());
    int at = labels.grid().index(10, 10, 2);
    // 60 HU is -0.075, or 0.925 above -1: logits 0, 0.9 and -1.9.
    double sum = 1 + Math.exp(0.9) + Math.exp(-1.9);
    assertEquals(Math.exp(0.9) / sum, liver.voxels()[at], 0.5 / 255 + 1e-3);
    assertEquals(Math.exp(-1.9) / sum, kidney.voxels()[at], 0.5 / 255 + 1e-3);
    for (int i = 0; i < labels.voxels().length; i++) {
      double background = 1 - liver.voxels()[i] - kidney.voxels()[i];
      double[] shares = {background, liver.voxels()[i], kidney.voxels()[i]};
      for (double share : shares) {
        assertTrue(share <= shares[(int) labels.voxels()[i]] + 3.0 / 255, "voxel " + i);
      }
    }
  }

  @Test
  void aModelThatWasReplacedAfterItsSignatureWasVerifiedPredictsNothing() throws IOException {
    Path scan = scan("a.nii.gz", 60);
    WorkerRequest request = request(prediction(scan), "out");
    VerifiedFiles signed = VerifiedFiles.NONE.with(model, Sha256.of(model));
    run(request.withOptions(request.options().verifying(signed)));
    VerifiedFiles other = VerifiedFiles.NONE.with(model, Sha256.of("another model"));
    WorkerRequest replaced =
        request(prediction(scan), "new").withOptions(request.options().verifying(other));
    BadInputException e = assertThrows(BadInputException.class, () -> run(replaced));
    assertEquals(model + " has changed since its signature was verified.", e.problem());
    assertFalse(Files.exists(root.resolve("new/a.nii.gz")));
  }

  /** A damaged file among a hundred must not keep the others from being predicted. */
  @Test
  void aScanThatCannotBeReadIsNamedAndTheOthersArePredicted() throws IOException {
    scan("a.nii.gz", 60);
    Path damaged = scan("b.nii.gz", 60);
    Path last = scan("c.nii.gz", 60);
    byte[] whole = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
    WorkerRequest request = request(prediction(last.getParent()), "out");
    BadInputException e = assertThrows(BadInputException.class, () -> run(request));
    assertTrue(e.problem().startsWith(damaged + " cannot be read"), e.problem());
    assertTrue(Files.exists(root.resolve("out/a.nii.gz")));
    assertTrue(Files.exists(root.resolve("out/c.nii.gz")));
    assertFalse(Files.exists(root.resolve("out/b.nii.gz")));
    List<String> table = Files.readAllLines(root.resolve("out/volumes.csv"));
    assertEquals(
        List.of("a", "a", "c", "c"), table.stream().skip(1).map(PredictRunTest::id).toList());
    assertTrue(
        Files.readString(EventLog.fileIn(root.resolve("out")))
            .contains("{\"event\":\"stageLeftOut\""));
    Files.write(damaged, whole);
    assertEquals(Set.of("predict a (1 of 3)", "predict c (3 of 3)"), skipped(run(request)));
    assertEquals(7, Files.readAllLines(root.resolve("out/volumes.csv")).size());
  }

  /** The time that is left is computed from all headers, those that cannot be read among them. */
  @Test
  void aScanWithADamagedHeaderKeepsNoOtherFromBeingPredicted() throws IOException {
    Path first = scan("a.nii.gz", 60);
    Path damaged = first.resolveSibling("b.nii.gz");
    Files.write(damaged, new byte[] {1, 2, 3});
    scan("c.nii.gz", 60);
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> run(request(prediction(first.getParent()), "out")));
    assertTrue(e.problem().startsWith(damaged + " "), e.problem());
    assertEquals(
        List.of("a", "a", "c", "c"),
        Files.readAllLines(root.resolve("out/volumes.csv")).stream()
            .skip(1)
            .map(PredictRunTest::id)
            .toList());
  }

  /** An earlier result is kept, but not as if it were of the scan that failed. */
  @Test
  void theRowsOfAScanThatFailsNowAreLeftOut() throws IOException {
    Path file = scan("a.nii.gz", 60);
    scan("b.nii.gz", 60);
    WorkerRequest request = request(prediction(file.getParent()), "out");
    run(request);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThrows(BadInputException.class, () -> run(request));
    List<String> table = Files.readAllLines(root.resolve("out/volumes.csv"));
    assertEquals(List.of("b", "b"), table.stream().skip(1).map(PredictRunTest::id).toList());
    assertTrue(Files.exists(root.resolve("out/a.nii.gz")));
    assertTrue(
        Files.readString(EventLog.fileIn(root.resolve("out")))
            .contains("a.nii.gz is the prediction of an earlier version of this scan"));
  }

  /** Components of a POM name all organs of the student; its teachers predict one each. */
  @Test
  void aTeacherTakesItsOwnComponents() throws IOException {
    Path file = scan("a.nii.gz", 60);
    student(model, ModelKind.TEACHER, List.of("liver"), new float[] {0, 4}, new float[] {0, -2.8f});
    List<KeptComponents> all =
        List.of(new KeptComponents("kidney", 1), new KeptComponents("liver", 1));
    run(request(new Prediction(model, file, all, false, 4), "out"));
    assertTrue(
        Files.readAllLines(root.resolve("out/volumes.csv")).get(1).startsWith("a,liver,192,"));
  }

  @Test
  void theOutputDirectoryOfAnExperimentIsNoPlaceForPredictions() throws IOException {
    Path file = scan("a.nii.gz", 60);
    Path experiment = root.resolve("experiment");
    OutputDirectory.take(experiment);
    Files.createDirectories(experiment.resolve("stages/teacher"));
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> FolderCheck.check(request(prediction(file), "experiment")));
    assertTrue(e.problem().endsWith("is the output directory of an experiment."), e.problem());
  }

  /** A pair is named by either file. */
  @Test
  void aPairIsPredictedByItsImageToo() throws IOException {
    byte[] nii = Files.readAllBytes(scan("pair.nii", 60));
    Path folder = Files.createDirectories(root.resolve("pairs"));
    byte[] header = Arrays.copyOf(nii, 348);
    header[344 + 1] = 'i'; // ni1
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putFloat(108, 0);
    Files.write(folder.resolve("p_0000.hdr"), header);
    Path image = folder.resolve("p_0000.img");
    Files.write(image, Arrays.copyOfRange(nii, 352, nii.length));
    run(request(prediction(image), "out"));
    assertEquals(
        List.of("p,liver,192,3.840,60.00", "p,kidney,193,3.860,200.00"),
        Files.readAllLines(root.resolve("out/volumes.csv")).subList(1, 3));
  }

  private static String id(String row) {
    return row.substring(0, row.indexOf(','));
  }

  @Test
  void whatCannotBePredictedIsNamedBeforeAnythingIsWritten() {
    assertRefused(prediction(root.resolve("none")), "<input> " + root.resolve("none"));
    Path file = scan("a.nii.gz", 60);
    Prediction unknown =
        new Prediction(model, file, List.of(new KeptComponents("spleen", 1)), false, 4);
    assertRefused(unknown, "<components> names spleen");
    Path missing = root.resolve("missing.mskd");
    assertRefused(new Prediction(missing, file, List.of(), false, 4), missing + " is missing");
    scan("a_0001.nii.gz", 60);
    scan("a_0000.nii.gz", 60);
    assertRefused(prediction(file.getParent()), "a_0001.nii.gz is a further channel");
    assertFalse(Files.exists(root.resolve("out")));
    // The user's folder of scans is no place for predictions.
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> FolderCheck.check(request(prediction(file), "scans")));
    assertTrue(e.problem().contains("not marked as an output directory"), e.problem());
  }

  /** One dataset.json names the label values of all predictions in a folder. */
  @Test
  void anotherModelsPredictionsOfOtherScansAreNotMixedWith() throws IOException {
    Path first = scan("a.nii.gz", 60);
    run(request(prediction(first), "out"));
    Path second = scan("b.nii.gz", 60);
    student(
        model,
        ModelKind.STUDENT,
        List.of("kidney", "liver"),
        new float[] {0, 12, 4},
        new float[] {0, -13, -2.8f});
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> ExperimentPlan.of(request(prediction(second), "out")));
    assertEquals(
        root.resolve("out")
            + " holds the prediction of a, whose label values are 1 liver, 2 kidney; those of this"
            + " model are 1 kidney, 2 liver.",
        e.problem());
    run(request(prediction(first.getParent()), "out"));
    assertEquals(
        2, NiftiReader.read(root.resolve("out/a.nii.gz")).at(10, 10, 2), "liver, predicted again");
  }

  private void assertRefused(Prediction prediction, String problem) {
    BadInputException e =
        assertThrows(BadInputException.class, () -> ExperimentPlan.of(request(prediction, "out")));
    assertTrue(e.problem().contains(problem), e.problem());
  }

  /** Files that another program wrote: every field that places voxels is copied. */
  @Test
  void headersAreThoseOfTheScansInEightOrientations() throws IOException {
    Path orientations = SharedData.at("readers/orientations");
    run(request(prediction(orientations), "out"));
    for (String code : List.of("ASR", "ILP", "LAS", "LPS", "PIR", "RAS", "RPI", "SAL")) {
      HeaderBytes scan = HeaderBytes.of(orientations.resolve(code + ".nii.gz"));
      HeaderBytes labels = HeaderBytes.of(root.resolve("out").resolve(code + ".nii.gz"));
      assertEquals(scan.placement(), labels.placement(), code);
      assertEquals(2, labels.datatype(), "uint8");
    }
  }

  /** Predictions of real scans, scored here voxel by voxel, have the Dice that evaluate reports. */
  @Test
  void realScansHaveTheDiceOfTheEvaluation() throws IOException {
    Path test = SharedData.at("abdomen-ct/multi-organ-test");
    slices = new Preprocessing(128, -125, 275, List.of());
    give();
    run(request(prediction(test.resolve("imagesTs")), "predicted"));
    evaluate(test);
    List<CaseScore> cases =
        MetricsFile.read(root.resolve("out/evaluation/metrics.json")).models().get(0).cases();
    int compared = 0;
    for (CaseScore score : cases) {
      String file = score.id() + ".nii.gz";
      float[] truth = NiftiReader.read(test.resolve("labelsTs").resolve(file)).voxels();
      float[] found = NiftiReader.read(root.resolve("predicted").resolve(file)).voxels();
      int value = score.organ().equals("liver") ? 1 : 3;
      int predicted = ORGANS.indexOf(score.organ()) + 1;
      long both = 0;
      long sum = 0;
      for (int i = 0; i < truth.length; i++) {
        both += truth[i] == value && found[i] == predicted ? 1 : 0;
        sum += (truth[i] == value ? 1 : 0) + (found[i] == predicted ? 1 : 0);
      }
      assertEquals(2.0 * both / sum, score.dice().orElseThrow(), 1e-6, score.toString());
      compared++;
      assertArrayEquals(
          HeaderBytes.of(test.resolve("imagesTs").resolve(file)).placement().toArray(),
          HeaderBytes.of(root.resolve("predicted").resolve(file)).placement().toArray());
    }
    assertEquals(8, compared);
  }

  /** Scores two teachers, which together predict what the student does. */
  private void evaluate(Path test) throws IOException {
    List<TeacherFile> teachers = new ArrayList<>();
    for (int k = 1; k <= 2; k++) {
      Path file = root.resolve("given-" + ORGANS.get(k - 1) + ".mskd");
      float slope = k == 1 ? 4 : 12;
      student(
          file,
          ModelKind.TEACHER,
          List.of(ORGANS.get(k - 1)),
          new float[] {0, slope},
          new float[] {0, k == 1 ? -2.8f : -13});
      teachers.add(new TeacherFile(ORGANS.get(k - 1), file));
    }
    Experiment experiment =
        new ExperimentBuilder()
            .seed(1)
            .unlabelled(List.of(new UnlabelledSource("ct", test.resolveSibling("kidney"))))
            .teachers(teachers)
            .testSet(
                Optional.of(
                    new TestSet(
                        test,
                        List.of(new OrganLabel("liver", 1), new OrganLabel("kidney", 3)),
                        new LabelReading(List.of(ValueRange.OTHERS), List.of(), null))))
            .preprocessing(slices)
            .network(PixelNetworks.NETWORK)
            .training(Training.DEFAULT)
            .methods(List.of(MskdMethod.student(Distillation.DEFAULT)))
            .build();
    WorkerRequest request =
        WorkerRequest.of(Goal.EVALUATE, root.resolve("out"))
            .withExperiment(experiment)
            .withBackend("cpu", new TreeMap<>());
    StageGraph all = ExperimentPlan.of(request);
    // No student: the teachers' evaluation and what it needs.
    StageGraph graph = all.neededBy(stage -> stage.id().equals("evaluate/teachers"));
    StageRuns.run(request, graph);
    Files.copy(
        root.resolve("out/evaluation/teachers/scores.json"),
        root.resolve("out/evaluation/metrics.json"));
  }
}
