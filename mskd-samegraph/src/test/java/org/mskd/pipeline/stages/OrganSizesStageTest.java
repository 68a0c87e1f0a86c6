package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.OrganSizes;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Method;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.Training;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.StageRuns;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.plan.ExperimentPlan;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** Two single-organ sets, and one that annotates both organs, with the spleen first. */
class OrganSizesStageTest {
  private static final int SIDE = 32;

  @TempDir Path root;
  private SmallExperiment experiment;

  @BeforeEach
  void volumes() throws IOException {
    experiment = new SmallExperiment(root);
    Files.delete(root.resolve("liver/imagesTr/a.hdr"));
    experiment.testSet = java.util.Optional.empty();
    experiment.training = training(0);
    subject("liver/imagesTr/a.nii", "liver/labelsTr/a.nii", 1, 2, 1, 0);
    subject("spleen/imagesTr/c.nii", "spleen/labelsTr/c.nii", 2, 2, 1, 0);
    subject("all/images/d.nii", "all/labels/d.nii", 3, 2, 1, 2);
    subject("all/images/e.nii", "all/labels/e.nii", 4, 5, 1, 2);
    experiment.multiOrgan.add(
        new MultiOrganSource(
            "all",
            List.of(root.resolve("all/images")),
            root.resolve("all/labels"),
            List.of(new OrganLabel("spleen", 1), new OrganLabel("liver", 2))));
  }

  private static Training training(int patch) {
    return new Training(2, 4, 1, 1e-3, 0.5, patch, Plateau.SOURCE, Adam.PLAIN, 0);
  }

  /**
   * Noise of some slices. The first slice shows two organs: one in 8 x 8 voxels in the corner, the
   * other in 4 x 16 in the middle.
   */
  private void subject(String image, String label, long seed, int slices, int corner, int middle) {
    Grid grid = new Grid(SIDE, SIDE, slices, Affine.scaling(1, 1, 3));
    SplittableRandom random = new SplittableRandom(seed);
    float[] hu = new float[grid.size()];
    float[] classes = new float[grid.size()];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = random.nextInt(-200, 300);
      int x = i % SIDE;
      int y = i / SIDE;
      if (x < 8 && y < 8) {
        classes[i] = corner;
      } else if (x >= 14 && x < 18 && y >= 8 && y < 24) {
        classes[i] = middle;
      }
    }
    NiftiWriter.write(root.resolve(image), new Volume(grid, hu), VoxelType.INT16);
    NiftiWriter.write(root.resolve(label), new Volume(grid, classes), VoxelType.UINT8);
  }

  private static Method pann(String name, String... options) {
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < options.length; i += 2) {
      texts.put(options[i], options[i + 1]);
    }
    return new Method(name, "pann", new TreeMap<>(texts));
  }

  private StageGraph plan() {
    return ExperimentPlan.of(experiment.request(Goal.DISTILL));
  }

  private List<String> ids() {
    return plan().stages().stream().map(Stage::id).toList();
  }

  private void run(StageGraph graph) {
    StageRuns.run(experiment.request(Goal.DISTILL), graph);
  }

  private OrganSizes measured() {
    run(plan().neededBy(stage -> stage.id().equals("organ-sizes")));
    return OrganSizes.read(
        ExperimentFolders.organSizesIn(new ExperimentFolders(experiment.output()).organSizes()));
  }

  /** Liver 4 x 16, spleen 8 x 8, of 2 and of 5 slices of 1024 pixels. */
  @Test
  void countsPixelsOfEachClass() {
    experiment.methods = List.of(pann("pann"));
    OrganSizes sizes = measured();
    assertEquals(List.of("liver", "spleen"), sizes.organs());
    assertEquals(
        Map.of("all/d", List.of(2048L - 128, 64L, 64L), "all/e", List.of(5120L - 128, 64L, 64L)),
        sizes.pixels());
    assertEquals((64.0 / 2048 + 64.0 / 5120) / 2, sizes.shares().get(1), 1e-12);
  }

  /** A scan that two sets have counts once, and is a step of the stage in both. */
  @Test
  void countsAScanOfTwoSetsOnce() throws IOException {
    experiment.methods = List.of(pann("pann"));
    subject("again/images/g.nii", "again/labels/g.nii", 3, 2, 1, 2);
    experiment.multiOrgan.add(
        new MultiOrganSource(
            "again",
            List.of(root.resolve("again/images")),
            root.resolve("again/labels"),
            List.of(new OrganLabel("spleen", 1), new OrganLabel("liver", 2))));
    assertEquals(2, measured().pixels().size());
    List<String> steps =
        Files.readAllLines(EventLog.fileIn(experiment.output())).stream()
            .filter(line -> line.contains("sizes of organs") && line.contains("progress"))
            .toList();
    assertTrue(steps.get(steps.size() - 1).contains("\"step\":3,\"steps\":3"), steps::toString);
  }

  /**
   * Patches of half a slice have 17 places along each axis. Counted place by place, as a patch
   * would be cut.
   */
  @Test
  void countsEachPlaceOfAPatch() {
    experiment.training = training(16);
    experiment.methods = List.of(pann("pann"));
    long liver = 0;
    long spleen = 0;
    for (int left = 0; left <= 16; left++) {
      for (int top = 0; top <= 16; top++) {
        liver += overlap(left, 14, 18) * overlap(top, 8, 24);
        spleen += overlap(left, 0, 8) * overlap(top, 0, 8);
      }
    }
    List<Long> counts = measured().pixels().get("all/d");
    assertEquals(liver, counts.get(1));
    assertEquals(spleen, counts.get(2));
    assertTrue(liver > 2 * spleen, "a patch shows the middle more often");
    assertEquals(2 * 17 * 17 * 256, counts.stream().mapToLong(count -> count).sum());
  }

  private static long overlap(int from, int low, int high) {
    return Math.max(0, Math.min(from + 16, high) - Math.max(from, low));
  }

  @Test
  void isMeasuredOnceForAllMethodsThatNeedIt() {
    experiment.methods = List.of(pann("pann"), pann("short", "warmUp", "0.1"));
    assertEquals(1, ids().stream().filter("organ-sizes"::equals).count());
    StageGraph graph = plan();
    for (String student : List.of("student/pann", "student/short")) {
      Stage stage =
          graph.stages().stream().filter(one -> one.id().equals(student)).findFirst().orElseThrow();
      assertTrue(stage.spec().dependencies().contains("organ-sizes"), student);
    }
    assertFalse(ids().contains("teacher/liver"), "no teacher is needed");
  }

  @Test
  void isNotMeasuredWhereNoMethodNeedsIt() {
    experiment.methods =
        List.of(pann("given", "sizePrior", "0.03 0.004"), pann("none", "priorWeight", "0"));
    assertFalse(ids().contains("organ-sizes"), ids()::toString);
    experiment.multiOrgan.clear();
    assertFalse(ids().contains("organ-sizes"), ids()::toString);
  }

  /** Before any work. */
  @Test
  void withoutASetThatAnnotatesAllOrgansItIsRefused() {
    experiment.methods = List.of(pann("prior"));
    experiment.multiOrgan.clear();
    BadInputException refused = assertThrows(BadInputException.class, this::plan);
    assertTrue(
        refused.problem().contains("Method prior needs the sizes of all organs (liver, spleen)"),
        refused.problem());
    assertTrue(refused.remedy().contains("<sizePrior>"), refused.remedy());
  }

  /** A whole training with the measured sizes; another one, resumed, is TrainingLoop's. */
  @Test
  void aStudentIsTrainedWithThem() throws IOException {
    experiment.methods = List.of(pann("pann"));
    run(plan());
    Path folder = new ExperimentFolders(experiment.output()).method("pann");
    String history = Files.readString(ExperimentFolders.historyIn(folder));
    assertEquals(4, history.lines().filter(line -> line.contains("\"share.liver\"")).count());
    String stamp = Files.readString(experiment.output().resolve("stages/student/pann.json"));
    assertTrue(stamp.contains("organSizes"), stamp);
  }
}
