package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelScore;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.KeptComponents;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Prediction;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.Scoring;
import org.mskd.experiment.TestSet;
import org.mskd.model.ModelEnsemble;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.claim.OutputDirectory;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.plan.FinishedRun;
import org.mskd.pipeline.plan.FolderCheck;
import org.mskd.pipeline.plan.Scores;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** {@code mskd:evaluate} of a given model, whose prediction follows from the pixel. */
class ScoreModelTest {
  private static final OrganLabel LIVER = new OrganLabel("liver", 5);
  private static final OrganLabel KIDNEY = new OrganLabel("kidney", 3);
  private static final OrganLabel PANCREAS = new OrganLabel("pancreas", 7);
  private static final Preprocessing SLICES = new Preprocessing(32, -125, 275, List.of());
  @TempDir private Path root;
  private Path model;

  /** Background 0, liver above 15 HU, kidney above 130 HU. */
  @BeforeEach
  void give() {
    model = root.resolve("student.mskd");
    student(model, List.of());
    scan("ct_01", 5);
  }

  private static void student(Path file, List<Map<String, Object>> subjects) {
    PixelNetworks.write(
        file,
        ModelKind.STUDENT,
        List.of("liver", "kidney"),
        SLICES,
        32,
        new float[] {0, 4, 12},
        new float[] {0, -2.8f, -13},
        subjects);
  }

  /**
   * 192 voxels of liver, of which the label marks 128, and 192 of kidney, which the label marks;
   * beside them an island of kidney that is background, or of another organ, in the label.
   */
  private void scan(String id, int liverValue) {
    Grid grid = new Grid(32, 32, 6, Affine.of(-2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 5, 0));
    float[] voxels = new float[grid.size()];
    float[] labels = new float[grid.size()];
    Arrays.fill(voxels, -500);
    for (int z = 1; z < 4; z++) {
      for (int y = 8; y < 16; y++) {
        for (int x = 8; x < 16; x++) {
          voxels[grid.index(x, y, z)] = 60;
          labels[grid.index(x, y, z)] = z < 3 ? liverValue : 0;
          voxels[grid.index(x + 12, y, z)] = 200;
          labels[grid.index(x + 12, y, z)] = 3;
        }
      }
    }
    voxels[grid.index(28, 28, 2)] = 200;
    labels[grid.index(28, 28, 2)] = 7;
    NiftiWriter.write(
        root.resolve("test/imagesTs/" + id + "_0000.nii.gz"),
        new Volume(grid, voxels),
        VoxelType.INT16);
    NiftiWriter.write(
        root.resolve("test/labelsTs/" + id + ".nii.gz"), new Volume(grid, labels), VoxelType.UINT8);
  }

  private WorkerRequest request(String output, Path file, OrganLabel... labels) {
    return request(output, file, List.of(), labels);
  }

  private WorkerRequest request(
      String output, Path file, List<KeptComponents> kept, OrganLabel... labels) {
    return WorkerRequest.of(Goal.EVALUATE, root.resolve(output))
        .withBackend("cpu", new TreeMap<>())
        .withPrediction(new Prediction(file, root.resolve("test/imagesTs"), kept, false, 4))
        .withScoring(new Scoring(new TestSet(root.resolve("test"), List.of(labels)), 2, 1));
  }

  private List<Event> run(WorkerRequest request) throws IOException {
    FolderCheck.check(request);
    return StageRuns.run(request);
  }

  private ModelScore score(String output) {
    List<ModelScore> all =
        MetricsFile.read(root.resolve(output).resolve("evaluation/metrics.json")).models();
    assertEquals(1, all.size());
    return all.get(0);
  }

  private static double dice(ModelScore score, String organ) {
    return score.cases().stream()
        .filter(each -> each.organ().equals(organ))
        .mapToDouble(each -> each.dice().orElseThrow())
        .average()
        .orElseThrow();
  }

  private String refused(WorkerRequest request) {
    return assertThrows(BadInputException.class, () -> run(request)).getMessage();
  }

  @Test
  void everyOrganOfEachCaseIsScored() throws IOException {
    scan("ct_02", 5);
    WorkerRequest request = request("out", model, LIVER, KIDNEY, PANCREAS);
    List<Event> events = run(request);
    ModelScore score = score("out");
    assertEquals("student", score.name());
    assertEquals(
        List.of("ct_01 liver", "ct_01 kidney", "ct_02 liver", "ct_02 kidney"),
        score.cases().stream().map(each -> each.id() + " " + each.organ()).toList());
    assertEquals(2 * 128 / (128 + 192.0), dice(score, "liver"), 1e-12);
    assertEquals(2 * 192 / (192 + 193.0), dice(score, "kidney"), 5e-7);
    assertEquals(1, score.cost().passes());
    assertTrue(
        events.contains(
            new Event.Warning(
                "The model does not predict pancreas: background in the labels here.")),
        events::toString);
    assertTrue(Files.exists(root.resolve("out/ct_01.nii.gz")));
    assertEquals(5, Files.readAllLines(root.resolve("out/evaluation/cases.csv")).size());
    assertEquals(4, Files.readAllLines(root.resolve("out/evaluation/summary.csv")).size());
    assertTrue(FinishedRun.of(request).isPresent(), "no worker is needed");
    String report = Scores.of(request).toString();
    assertTrue(report.contains("liver") && report.contains("0.800"), report);
  }

  @Test
  void whatTheTestSetDoesNotAnnotateIsNotScored() throws IOException {
    List<Event> events = run(request("out", model, PANCREAS, KIDNEY, new OrganLabel("aorta", 5)));
    assertEquals(List.of("kidney"), score("out").cases().stream().map(CaseScore::organ).toList());
    assertTrue(
        events.contains(
            new Event.Warning("The test set does not annotate liver: predicted, but not scored.")),
        events::toString);
    String message = refused(request("none", model, PANCREAS, new OrganLabel("aorta", 5)));
    assertTrue(
        message.startsWith(
            model + " predicts liver, kidney, but <labels> of the test set name pancreas, aorta"),
        message);
    assertFalse(Files.exists(root.resolve("none/stages")), "nothing was begun");
  }

  /** Components of organs that the model does not predict belong to an experiment. */
  @Test
  void componentsAreKeptAsInAnExperiment() throws IOException {
    List<KeptComponents> kept =
        List.of(new KeptComponents("kidney", 1), new KeptComponents("spleen", 1));
    run(request("out", model, kept, LIVER, KIDNEY, PANCREAS));
    assertEquals(1, dice(score("out"), "kidney"), 1e-12);
  }

  @Test
  void teachersAndEnsemblesAreScoredToo() throws IOException {
    Path teacher = root.resolve("teacher.mskd");
    PixelNetworks.write(
        teacher,
        ModelKind.TEACHER,
        List.of("kidney"),
        SLICES,
        32,
        new float[] {0, 12},
        new float[] {0, -15});
    run(request("teacher", teacher, LIVER, KIDNEY, PANCREAS));
    assertEquals("teachers/kidney", score("teacher").name());
    assertEquals(2 * 192 / (192 + 193.0), dice(score("teacher"), "kidney"), 5e-7);
    Path ensemble = root.resolve("ensemble.mskd");
    ModelEnsemble.write(ensemble, List.of(model, model));
    run(request("out", ensemble, LIVER, KIDNEY, PANCREAS));
    assertEquals(2, score("out").cost().passes());
    assertEquals(2 * 128 / (128 + 192.0), dice(score("out"), "liver"), 1e-12);
  }

  @Test
  void aScanThatTheModelWasTrainedOnIsRefused() throws IOException {
    run(request("out", model, LIVER, KIDNEY, PANCREAS));
    String digest =
        Files.readString(root.resolve("out/check-data/sets/test.json"))
            .replaceFirst("(?s).*\"voxelDigest\":\"([0-9a-f]{64})\".*", "$1")
            .strip();
    student(model, List.of(Map.of("id", "x", "voxelDigest", digest)));
    String message = refused(request("out", model, LIVER, KIDNEY, PANCREAS));
    assertTrue(
        message.startsWith(
            model + ", the given model, was trained on imagesTs/ct_01_0000.nii.gz of the test set"),
        message);
  }

  /** All labels are read before the first prediction. */
  @Test
  void valuesThatAreNotDeclaredAreFoundFirst() {
    String message = refused(request("out", model, LIVER, KIDNEY));
    assertTrue(message.contains("holds the label values 3, 5, 7"), message);
    assertFalse(Files.exists(root.resolve("out/ct_01.nii.gz")));
    scan("ct_01", 0);
    assertTrue(
        refused(request("out", model, LIVER, KIDNEY, PANCREAS)).contains("shows liver"), "absent");
  }

  @Test
  void foldersOfOthersAreNoPlaceForScores() throws IOException {
    Path experiment = root.resolve("experiment");
    OutputDirectory.take(experiment);
    Files.createDirectories(experiment.resolve("stages/teacher"));
    assertTrue(
        refused(request("experiment", model, LIVER))
            .contains(
                "is the output directory of an experiment. Name a new or empty folder, or one"
                    + " of earlier evaluations."));
    assertTrue(refused(request("test/labelsTs/out", model, LIVER)).contains("labelsTs"));
  }

  @Test
  void aRequestIsReadAsItWasWritten() {
    WorkerRequest request = request("out", model, LIVER, KIDNEY);
    assertEquals(request, ExperimentJson.read(ExperimentJson.write(request), WorkerRequest.class));
  }
}
