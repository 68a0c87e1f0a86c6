package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.ForegroundIndex;
import org.mskd.dataset.SliceStore;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelScore;
import org.mskd.experiment.Adam;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.Method;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.method.MskdMethod;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.prediction.PlainPrediction;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** Real stages with given teachers of few weights and trainings of a few steps. */
class GivenTeachersRunTest {
  private static final Grid GRID = new Grid(16, 16, 4, Affine.scaling(2, 2, 4));
  private static final Preprocessing SLICES = new Preprocessing(16, -125, 275, List.of());

  /** Batches of 2, one slot of them forced. */
  private static final Training TRAINING =
      new Training(2, 4, 1, 1e-2, 0.5, 0, Plateau.SOURCE, Adam.PLAIN, 1);

  private static final List<Method> METHODS =
      List.of(
          MskdMethod.student(Distillation.DEFAULT),
          MskdMethod.student("mskd-logits", Distillation.DEFAULT.withFeatureWeight(0)),
          MskdMethod.student(
              "mine", Distillation.DEFAULT.withBackgroundWeight(0).withTemperature(2)));

  @TempDir Path root;
  private Preprocessing slices = SLICES;
  private Training training = TRAINING;

  /** The liver is brighter than 155 HU, the kidney than 235 HU. */
  @BeforeEach
  void give() {
    teacher("liver", 4, -5.6f);
    teacher("kidney", 40, -72);
    image("ct/v.nii", 1, 300);
    image("ct/w_0000.nii.gz", 2, 300);
    image("multi/imagesTs/t.nii", 3, 300);
    float[] labels = new float[GRID.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 3;
    }
    write("multi/labelsTs/t.nii", labels);
  }

  private void teacher(String organ, float slope, float offset) {
    PixelNetworks.write(
        given(organ),
        ModelKind.TEACHER,
        List.of(organ),
        slices,
        training.patchSize() > 0 ? training.patchSize() : slices.sliceSize(),
        new float[] {0, slope},
        new float[] {0, offset});
  }

  private Path given(String organ) {
    return root.resolve("given").resolve(organ + ".mskd");
  }

  private void image(String file, long seed, int brightest) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] hu = new float[GRID.size()];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = random.nextInt(-200, brightest);
    }
    write(file, hu);
  }

  private void write(String file, float[] voxels) {
    NiftiWriter.write(root.resolve(file), new Volume(GRID, voxels), VoxelType.INT16);
  }

  private Experiment experiment(List<DatasetSource> datasets, List<Method> methods) {
    return new ExperimentBuilder()
        .seed(1)
        .datasets(datasets)
        .unlabelled(List.of(new UnlabelledSource("ct", root.resolve("ct"))))
        .teachers(Stream.of("liver", "kidney").map(o -> new TeacherFile(o, given(o))).toList())
        .testSet(
            Optional.of(
                new TestSet(
                    root.resolve("multi"),
                    List.of(new OrganLabel("liver", 1), new OrganLabel("kidney", 2)))))
        .preprocessing(slices)
        .network(PixelNetworks.NETWORK)
        .training(training)
        .methods(methods)
        .teacherOutputs(TeacherOutputs.defaultFor(training, slices))
        .build();
  }

  /** Runs and returns the events. */
  private List<Event> run(Goal goal, String output, Experiment experiment) throws IOException {
    Path folder = root.resolve(output);
    WorkerRequest request =
        WorkerRequest.of(goal, folder)
            .withExperiment(experiment)
            .withBackend("cpu", new TreeMap<>());
    return StageRuns.run(request);
  }

  private byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(root.resolve(file));
  }

  @Test
  void studentsAreDistilledWithoutLabelsFromUnchangedTeachers() throws IOException {
    byte[] liver = Files.readAllBytes(given("liver"));
    byte[] kidney = Files.readAllBytes(given("kidney"));
    Experiment experiment = experiment(List.of(), METHODS);
    run(Goal.RUN, "out", experiment);
    assertArrayEquals(liver, Files.readAllBytes(given("liver")));
    assertArrayEquals(kidney, Files.readAllBytes(given("kidney")));
    assertArrayEquals(liver, bytes("out/teachers/liver/model.mskd"));
    assertArrayEquals(kidney, bytes("out/teachers/kidney/model.mskd"));
    assertEquals(
        Set.of("v", "w"),
        ForegroundIndex.read(root.resolve("out/foreground/ct/foreground.json"))
            .organPixels()
            .keySet());
    List<ModelScore> scores =
        MetricsFile.read(root.resolve("out/evaluation/metrics.json")).models();
    assertEquals(
        List.of("teachers", "mskd", "mskd-logits", "mine"),
        scores.stream().map(ModelScore::name).toList());
    assertEquals(List.of(2, 1, 1, 1), scores.stream().map(score -> score.cost().passes()).toList());
    String timings = Files.readString(root.resolve("out/evaluation/timings.json"));
    for (ModelScore score : scores) {
      assertTrue(
          Files.exists(root.resolve("out/predictions/" + score.name() + "/t.nii.gz")),
          score.name());
      assertTrue(timings.contains("\"" + score.name() + "\""), timings);
    }

    List<Event> again = run(Goal.RUN, "out", experiment);
    assertEquals(16, again.size(), again::toString);
    assertTrue(again.stream().allMatch(Event.StageSkipped.class::isInstance), again::toString);

    run(Goal.RUN, "fresh", experiment);
    for (String made :
        List.of(
            "foreground/ct/foreground.json",
            "methods/mskd/model.mskd",
            "methods/mskd-logits/model.mskd",
            "methods/mine/model.mskd",
            "evaluation/metrics.json",
            "evaluation/cases.csv",
            "evaluation/summary.csv")) {
      assertArrayEquals(bytes("out/" + made), bytes("fresh/" + made), made);
    }
    methodsStartFromEqualWeightsAndDiverge();
    SortedMap<String, String> provenance =
        ModelArchive.read(root.resolve("out/methods/mine/model.mskd")).card().provenance();
    assertEquals("mine", provenance.get("student"));
    assertEquals("mskd", provenance.get("method"));
    assertFalse(ModelArchive.read(given("liver")).card().provenance().containsKey("method"));
  }

  /** Equal initial weights and batches: the first step's unweighted logit terms are equal. */
  private void methodsStartFromEqualWeightsAndDiverge() throws IOException {
    List<String> whole = history("mskd");
    List<String> logits = history("mskd-logits");
    for (String term : List.of("logit.liver", "logit.kidney", "logit.background")) {
      JsonNode one = new ObjectMapper().readTree(whole.get(0)).findValue(term);
      JsonNode other = new ObjectMapper().readTree(logits.get(0)).findValue(term);
      assertTrue(one.isNumber(), whole.get(0));
      assertEquals(one, other, term);
    }
    assertNotEquals(
        new ObjectMapper().readTree(whole.get(3)).findValue("logit.background"),
        new ObjectMapper().readTree(logits.get(3)).findValue("logit.background"));
  }

  private List<String> history(String method) throws IOException {
    return Files.readAllLines(root.resolve("out/methods/" + method + "/history.jsonl"));
  }

  /** 17 cannot be halved, but the patches of 8 that networks read can. */
  @Test
  void slicesMayHaveAnySizeIfNetworksReadPatches() throws IOException {
    slices = new Preprocessing(17, -125, 275, List.of());
    training = new Training(2, 4, 1, 1e-2, 0.5, 8, Plateau.SOURCE, Adam.PLAIN, 1);
    teacher("liver", 4, -5.6f);
    teacher("kidney", 40, -72);
    Method labels = MskdMethod.student(Distillation.DEFAULT.withLabelWeight(1));
    run(Goal.RUN, "out", experiment(labelledLiver(), List.of(labels)));
    assertEquals(4, history("mskd").size());
    Volume predicted = NiftiReader.read(root.resolve("out/predictions/teachers/t.nii.gz"));
    int organs = 0;
    try (SliceStore store = SliceStore.open(root.resolve("out/prepared/test/t.slices"))) {
      assertEquals(17, store.size());
      PlainPrediction plain =
          new PlainPrediction(
              store, 3, (c, v) -> c == 0 ? 0 : c == 1 ? 4 * (v + 1) - 5.6f : 40 * (v + 1) - 72);
      for (int i = 0; i < GRID.size(); i++) {
        double[] scores = plain.at(i % 16, i / 16 % 16, i / 256);
        int found = (int) predicted.voxels()[i];
        int best = PlainPrediction.best(scores);
        organs += best > 0 ? 1 : 0;
        assertTrue(scores[best] - scores[found] < 1e-3, "voxel " + i + ": " + found);
      }
    }
    assertTrue(organs > 0 && organs < GRID.size(), organs + " organ voxels");
  }

  @Test
  void aGivenTeacherReplacesTrainingAndItsDataSetIsStillUsed() throws IOException {
    Method labels = MskdMethod.student(Distillation.DEFAULT.withLabelWeight(1));
    List<Event> events = run(Goal.DISTILL, "out", experiment(labelledLiver(), List.of(labels)));
    assertTrue(
        events.stream()
            .anyMatch(e -> e instanceof Event.StageDone d && d.stage().equals("student mskd")),
        events::toString);
    assertFalse(Files.exists(root.resolve("out/teachers/liver/history.jsonl")));
    double label = 0;
    for (String line : history("mskd")) {
      label += new ObjectMapper().readTree(line).findValue("label.crossEntropy").asDouble();
    }
    assertTrue(label > 0, "some batch shows the labelled liver");
    assertArrayEquals(bytes("given/liver.mskd"), bytes("out/teachers/liver/model.mskd"));
  }

  @Test
  void withoutForcedSlotsNoForegroundIndexIsMade() throws IOException {
    image("ct/v.nii", 1, 100);
    image("ct/w_0000.nii.gz", 2, 100);
    training = new Training(2, 4, 1, 1e-2, 0, 0, Plateau.SOURCE, Adam.PLAIN, 1);
    run(Goal.DISTILL, "out", experiment(List.of(), METHODS.subList(1, 2)));
    assertFalse(Files.exists(root.resolve("out/foreground")));
    assertEquals(4, history("mskd-logits").size());
  }

  private List<DatasetSource> labelledLiver() {
    image("liver/imagesTr/a.nii", 7, 300);
    float[] label = new float[GRID.size()];
    for (int i = 0; i < label.length; i++) {
      label[i] = i % 16 < 8 ? 1 : 0;
    }
    write("liver/labelsTr/a.nii", label);
    return List.of(new DatasetSource("liver", root.resolve("liver"), List.of(1)));
  }

  @Test
  void imagesInWhichNoTeacherPredictsAnythingAreNamed() {
    image("ct/v.nii", 1, 100);
    image("ct/w_0000.nii.gz", 2, 100);
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> run(Goal.DISTILL, "out", experiment(List.of(), METHODS)));
    assertEquals(
        "No teacher predicts its organ in any slice of ct, but <annotatedFraction> forces 1 of 2"
            + " slices of a batch to contain one.",
        e.problem());
    assertTrue(e.remedy().contains("<annotatedFraction> to 0"), e.remedy());
  }
}
