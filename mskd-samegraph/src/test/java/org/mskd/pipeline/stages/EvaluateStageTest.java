package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.SliceStore;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelScore;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.method.MskdMethod;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.PixelNetworks;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.prediction.PlainPrediction;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/**
 * The whole stage on scans that are not square and are stored in various axis orders, with networks
 * whose scores are all known.
 */
class EvaluateStageTest {
  private static final List<String> ORGANS = List.of("kidney", "liver", "spleen");

  /** Right, front, head; 36 x 27 x 21 mm. */
  private static final Grid CANONICAL =
      new Grid(24, 18, 7, Affine.of(1.5, 0, 0, -10, 0, 1.5, 0, 20, 0, 0, 3, 300));

  /** Classes in the predicted files: the kidney is not declared and takes the first free value. */
  private static final int[] VALUES = {0, 2, 65535, 1};

  // Of 0 (background), kidney, liver and spleen, over the pixel + 1: spleen at 55 HU and more,
  // liver about 190, kidney about 250.
  private static final float[] SLOPES = {0, 40, 4, 1};
  private static final float[] OFFSETS = {0, -72, -5.6f, -0.9f};

  @TempDir Path folder;

  private TestSet testSet() {
    return new TestSet(
        folder.resolve("multi-organ-test"),
        List.of(new OrganLabel("liver", 65535), new OrganLabel("spleen", 1)));
  }

  private StageContext context(Preprocessing preprocessing) {
    Training t = Training.DEFAULT;
    Training threeAtOnce =
        new Training(
            3,
            t.iterationsPerEpoch(),
            t.epochs(),
            t.learningRate(),
            t.annotatedFraction(),
            0,
            t.schedule(),
            t.optimizer(),
            t.augmentationStrength());
    Experiment experiment =
        new ExperimentBuilder()
            .seed(1)
            .datasets(
                ORGANS.stream()
                    .map(o -> new DatasetSource(o, folder.resolve(o), List.of(1)))
                    .toList())
            .testSet(Optional.of(testSet()))
            .preprocessing(preprocessing)
            .network(PixelNetworks.NETWORK)
            .training(threeAtOnce)
            .methods(List.of(MskdMethod.student(Distillation.DEFAULT)))
            .build();
    return new StageContext(
        experiment,
        new ExperimentFolders(folder.resolve("out")),
        1,
        new TreeMap<>(),
        RunOptions.DEFAULT);
  }

  /** Blocks of 60, 215 and 265 HU in noise, labelled so that predictions are partly right. */
  private void subject(String id, String imageCode, String labelCode, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] hu = new float[CANONICAL.size()];
    float[] label = new float[CANONICAL.size()];
    for (int z = 0; z < 7; z++) {
      for (int y = 0; y < 18; y++) {
        for (int x = 0; x < 24; x++) {
          int i = CANONICAL.index(x, y, z);
          int block = x / 5 + y / 4 + z / 3;
          hu[i] = new int[] {-100, 215, 60, 265, 110}[block % 5] + random.nextInt(-40, 41);
          label[i] = new int[] {0, 65535, 1, 0, 1}[block % 5];
        }
      }
    }
    Path data = testSet().directory();
    NiftiWriter.write(
        data.resolve("imagesTs").resolve(id + ".nii.gz"), stored(hu, imageCode), VoxelType.INT16);
    NiftiWriter.write(
        data.resolve("labelsTs").resolve(id + ".nii.gz"),
        stored(label, labelCode),
        VoxelType.UINT16);
  }

  /** The same voxels with axes in the directions of a code, such as LPS. */
  private static Volume stored(float[] canonical, String code) {
    double[] rows = new double[12];
    int[] extents = new int[3];
    double[] origin = {-10, 20, 300};
    for (int axis = 0; axis < 3; axis++) {
      int world = "RAS".indexOf(code.charAt(axis));
      boolean backwards = world < 0;
      world = backwards ? "LPI".indexOf(code.charAt(axis)) : world;
      extents[axis] = CANONICAL.extent(world);
      rows[world * 4 + axis] = CANONICAL.spacing(world) * (backwards ? -1 : 1);
      origin[world] += backwards ? (extents[axis] - 1) * CANONICAL.spacing(world) : 0;
    }
    for (int world = 0; world < 3; world++) {
      rows[world * 4 + 3] = origin[world];
    }
    Grid grid = new Grid(extents[0], extents[1], extents[2], Affine.of(rows));
    float[] voxels = new float[grid.size()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = canonical[canonicalIndex(grid, i)];
    }
    return new Volume(grid, voxels);
  }

  /** Where a stored voxel is in canonical order, by its place in mm. */
  private static int canonicalIndex(Grid grid, int i) {
    int row = i / grid.nx();
    double[] mm = grid.affine().apply(i % grid.nx(), row % grid.ny(), row / grid.ny());
    return CANONICAL.index(
        (int) Math.round((mm[0] + 10) / 1.5),
        (int) Math.round((mm[1] - 20) / 1.5),
        (int) Math.round((mm[2] - 300) / 3));
  }

  private static float[] inCanonicalOrder(Volume volume) {
    float[] canonical = new float[CANONICAL.size()];
    for (int i = 0; i < canonical.length; i++) {
      canonical[canonicalIndex(volume.grid(), i)] = volume.voxels()[i];
    }
    return canonical;
  }

  private void prepare(Preprocessing preprocessing) {
    new Preparer(preprocessing, folder.resolve("out"), (set, done, of) -> {})
        .test(testSet(), ORGANS, List.of());
  }

  /** Teachers that segment their organs, and a student that does not segment the spleen. */
  private void models(Preprocessing preprocessing) {
    ExperimentFolders folders = new ExperimentFolders(folder.resolve("out"));
    for (int k = 1; k <= ORGANS.size(); k++) {
      teacher(k, preprocessing, SLOPES[k]);
    }
    PixelNetworks.write(
        ExperimentFolders.modelIn(folders.method("mskd")),
        ModelKind.STUDENT,
        ORGANS,
        preprocessing,
        preprocessing.sliceSize(),
        SLOPES,
        new float[] {OFFSETS[0], OFFSETS[1], OFFSETS[2], -9});
  }

  private void teacher(int k, Preprocessing preprocessing, float slope) {
    String organ = ORGANS.get(k - 1);
    PixelNetworks.write(
        ExperimentFolders.modelIn(new ExperimentFolders(folder.resolve("out")).teacher(organ)),
        ModelKind.TEACHER,
        List.of(organ),
        preprocessing,
        preprocessing.sliceSize(),
        new float[] {0, slope},
        new float[] {0, OFFSETS[k]});
  }

  private void run(Preprocessing preprocessing) {
    StageContext context = context(preprocessing);
    for (String model : MetricsStage.models(context.experiment())) {
      run(new EvaluateStage(context, testSet(), model));
    }
    run(new MetricsStage(context, testSet()));
  }

  private void run(Stage stage) {
    try (EventLog events = EventLog.open(folder.resolve("out"))) {
      stage.run(
          new StageWork(
              new StageProgress(events, stage.name(), stage.steps()),
              folder.resolve("out"),
              new TreeMap<>()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2.5", "2.5 4.0", "2.5 1.7"})
  void predictionsLieOnTheScansAndAreScoredAgainstTheLabels(String spacing) {
    List<Double> target =
        Arrays.stream(spacing.split(" ")).filter(s -> !s.isEmpty()).map(Double::valueOf).toList();
    Preprocessing preprocessing = new Preprocessing(16, -125, 275, target);
    subject("a", "LPS", "RAS", 1);
    subject("b", "SAR", "PIL", 2);
    subject("c", "RAS", "ASL", 3);
    prepare(preprocessing);
    models(preprocessing);
    run(preprocessing);
    Metrics metrics = MetricsFile.read(folder.resolve("out/evaluation/metrics.json"));
    assertEquals("multi-organ-test", metrics.testSet());
    assertEquals(
        List.of("teachers", "mskd"), metrics.models().stream().map(ModelScore::name).toList());
    assertEquals(
        List.of(3, 1), metrics.models().stream().map(score -> score.cost().passes()).toList());
    for (ModelScore model : metrics.models()) {
      for (String id : List.of("a", "b", "c")) {
        float[] predicted = checkedPrediction(model.name(), id);
        checkScores(model, id, predicted);
      }
    }
  }

  /**
   * The student has no spleen in any case. The labels do not annotate the kidney, so its voxels are
   * not scored.
   */
  @Test
  void theTablesCountWhatWasMissedOfTheAnnotatedOrgans() throws IOException {
    Preprocessing preprocessing = new Preprocessing(16, -125, 275, List.of());
    subject("a", "LPS", "RAS", 1);
    subject("b", "SAR", "PIL", 2);
    prepare(preprocessing);
    models(preprocessing);
    run(preprocessing);
    List<String> cases = Files.readAllLines(folder.resolve("out/evaluation/cases.csv"));
    assertEquals(1 + 2 * 2 * 2, cases.size());
    // 23 steps of 1.5 mm, 17 of 1.5 mm, 6 of 3 mm
    String diagonal =
        String.format(Locale.ROOT, "%.6f", Math.sqrt(34.5 * 34.5 + 25.5 * 25.5 + 324));
    for (String row : cases.subList(1, cases.size())) {
      assertTrue(row.endsWith("," + diagonal), row);
      boolean missed = row.startsWith("mskd,") && row.contains(",spleen,");
      assertTrue(row.contains("," + missed + ",false,"), row);
    }
    List<String> summary = Files.readAllLines(folder.resolve("out/evaluation/summary.csv"));
    assertEquals(1 + 2 * 3, summary.size());
    assertTrue(summary.get(5).startsWith("mskd,spleen,2,2,0,0.000000,0.000000,"), summary.get(5));
    assertTrue(summary.get(6).startsWith("mskd,mean,4,2,0,"), summary.get(6));
    Metrics metrics = MetricsFile.read(folder.resolve("out/evaluation/metrics.json"));
    assertEquals(2, metrics.surfaceToleranceMm(), "the default");
    assertEquals(
        Double.parseDouble(diagonal),
        metrics.models().get(1).organs().get("spleen").of(Metric.HD95_WITH_MISSES).mean().orElse(0),
        1e-9);
  }

  private float[] checkedPrediction(String model, String id) {
    Path data = testSet().directory();
    Volume written =
        NiftiReader.read(folder.resolve("out/predictions").resolve(model).resolve(id + ".nii.gz"));
    assertEquals(NiftiReader.readGrid(data.resolve("imagesTs/" + id + ".nii.gz")), written.grid());
    float[] predicted = inCanonicalOrder(written);
    try (SliceStore store =
        SliceStore.open(folder.resolve("out/prepared/test/" + id + ".slices"))) {
      PlainPrediction plain =
          new PlainPrediction(
              store,
              4,
              (c, v) -> SLOPES[c] * (v + 1) + (c == 3 && model.equals("mskd") ? -9 : OFFSETS[c]));
      for (int i = 0; i < predicted.length; i++) {
        double[] scores = plain.at(i % 24, i / 24 % 18, i / 432);
        int best = PlainPrediction.best(scores);
        int is = classOf((int) predicted[i]);
        assertTrue(
            scores[best] - scores[is] < 1e-4,
            "%s of %s, voxel %d: %d, not %d".formatted(model, id, i, is, best));
      }
    }
    return predicted;
  }

  private static int classOf(int value) {
    for (int c = 0; c < VALUES.length; c++) {
      if (VALUES[c] == value) {
        return c;
      }
    }
    throw new AssertionError("no class is stored as " + value);
  }

  private void checkScores(ModelScore model, String id, float[] predicted) {
    float[] label =
        inCanonicalOrder(
            NiftiReader.read(testSet().directory().resolve("labelsTs/" + id + ".nii.gz")));
    for (int c = 2; c <= 3; c++) {
      String organ = ORGANS.get(c - 1);
      int both = 0;
      int either = 0;
      for (int i = 0; i < label.length; i++) {
        both += label[i] == VALUES[c] && predicted[i] == VALUES[c] ? 1 : 0;
        either += (label[i] == VALUES[c] ? 1 : 0) + (predicted[i] == VALUES[c] ? 1 : 0);
      }
      double dice = score(model, id, organ).dice().orElseThrow();
      assertEquals(2.0 * both / either, dice, 1e-6, model.name() + ", " + organ + " of " + id);
      boolean unseen = model.name().equals("mskd") && organ.equals("spleen");
      assertTrue(unseen ? dice == 0 : dice > 0.1 && dice < 1, organ + " " + dice);
    }
    assertTrue(
        model.cases().stream().noneMatch(score -> score.organ().equals("kidney")),
        "the labels do not annotate the kidney");
  }

  private static CaseScore score(ModelScore model, String id, String organ) {
    return model.cases().stream()
        .filter(score -> score.id().equals(id) && score.organ().equals(organ))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void timesAreKeptApart() throws IOException {
    Preprocessing preprocessing = new Preprocessing(16, -125, 275, List.of());
    subject("a", "RAS", "RAS", 1);
    prepare(preprocessing);
    models(preprocessing);
    run(preprocessing);
    JsonNode timings =
        new ObjectMapper()
            .readTree(Files.readString(folder.resolve("out/evaluation/timings.json")));
    assertEquals(2, timings.get("schema").intValue());
    for (String model : List.of("teachers", "mskd")) {
      assertTrue(
          timings.at("/models/" + model + "/predictionSecondsPerVolume").doubleValue() > 0,
          timings::toString);
    }
  }

  @Test
  void aDivergedTeacherIsNamed() {
    Preprocessing preprocessing = new Preprocessing(16, -125, 275, List.of());
    subject("a", "LPS", "RAS", 1);
    prepare(preprocessing);
    models(preprocessing);
    teacher(2, preprocessing, 3e38f); // overflows where pixels are bright
    BadInputException e = assertThrows(BadInputException.class, () -> run(preprocessing));
    assertTrue(
        e.problem().matches("The teacher of liver gives Infinity as a score in slice \\d of a: .*"),
        e.problem());
    assertTrue(Files.notExists(folder.resolve("out/evaluation/metrics.json")));
  }

  @Test
  void theTestSetIsNamedByItsFolderAndADisksRootByNothingOfItsPath() {
    assertEquals("ct", MetricsStage.nameOf(Path.of("data", "ct")));
    assertEquals("ct", MetricsStage.nameOf(folder.resolve("ct/x/..")));
    assertEquals("test", MetricsStage.nameOf(folder.getRoot()));
  }
}
