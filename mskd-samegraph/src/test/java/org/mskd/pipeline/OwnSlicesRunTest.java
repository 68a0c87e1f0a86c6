package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.evaluation.MetricsFile;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.method.MskdMethod;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** Teachers of two institutions, each with a window, a slice size and a network of its own. */
class OwnSlicesRunTest {
  private static final Grid GRID = new Grid(20, 12, 6, Affine.scaling(3, 3, 5));

  /** The kidney's teacher has it, the liver's has another. */
  private static final Preprocessing STUDENTS = new Preprocessing(16, -125, 275, List.of());

  private static final Preprocessing LIVERS = new Preprocessing(32, -400, 600, List.of());

  @TempDir Path root;
  private TeacherOutputs outputs = TeacherOutputs.DEFAULT;

  /** The liver is brighter than 60 HU, the kidney than 90 HU, and the brighter for its teacher. */
  @BeforeEach
  void give() {
    teacher("liver", LIVERS, 60, 2);
    teacher("kidney", STUDENTS, 90, 8);
    image("ct/v.nii", 0);
    image("ct/w.nii", 1);
    image("multi/imagesTs/t.nii", 2);
    float[] labels = new float[GRID.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 3;
    }
    write("multi/labelsTs/t.nii", labels);
  }

  /** A margin of slope / 100 for each HU above a threshold. */
  private void teacher(String organ, Preprocessing own, double threshold, double slope) {
    double perHu = 2 / (own.windowHigh() - own.windowLow());
    PixelNetworks.write(
        given(organ),
        ModelKind.TEACHER,
        List.of(organ),
        own,
        own.sliceSize(),
        new float[] {0, (float) (slope / 100 / perHu)},
        new float[] {0, (float) (-slope / 100 * (threshold - own.windowLow()))});
  }

  private static double margin(double hu, double threshold, double slope) {
    return slope / 100 * (hu - threshold);
  }

  private Path given(String organ) {
    return root.resolve("given").resolve(organ + ".mskd");
  }

  /** HU rise linearly along the x-axis. */
  private void image(String file, int seed) {
    float[] hu = new float[GRID.size()];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = hu(i % 20) + (i % 3 == seed ? 1 : 0); // Two scans must not be equal.
    }
    write(file, hu);
  }

  private static float hu(int x) {
    return 10 + 8 * x;
  }

  private void write(String file, float[] voxels) {
    NiftiWriter.write(root.resolve(file), new Volume(GRID, voxels), VoxelType.INT16);
  }

  private Experiment experiment() {
    return new ExperimentBuilder()
        .seed(1)
        .unlabelled(List.of(new UnlabelledSource("ct", root.resolve("ct"))))
        .teachers(
            List.of(
                new TeacherFile("liver", given("liver")),
                new TeacherFile("kidney", given("kidney"))))
        .testSet(
            Optional.of(
                new TestSet(
                    root.resolve("multi"),
                    List.of(new OrganLabel("liver", 1), new OrganLabel("kidney", 2)))))
        .preprocessing(STUDENTS)
        .network(PixelNetworks.NETWORK)
        .training(new Training(2, 4, 1, 1e-2, 0.5, 0, Plateau.SOURCE, Adam.PLAIN, 1))
        .methods(List.of(MskdMethod.student(Distillation.DEFAULT)))
        .teacherOutputs(outputs)
        .build();
  }

  private List<Event> run(Goal goal, Experiment experiment) throws IOException {
    Path folder = root.resolve("out");
    WorkerRequest request =
        WorkerRequest.of(goal, folder)
            .withExperiment(experiment)
            .withBackend("cpu", new TreeMap<>());
    return StageRuns.run(request);
  }

  @Test
  void theMergedTeachersPredictTheScanEachThroughItsOwnSlices() throws IOException {
    run(Goal.RUN, experiment());
    Volume predicted = NiftiReader.read(root.resolve("out/predictions/teachers/t.nii.gz"));
    int[] found = new int[3];
    for (int i = 0; i < GRID.size(); i++) {
      int x = i % 20;
      double liver = margin(hu(x) + 0.5, 60, 2);
      double kidney = margin(hu(x) + 0.5, 90, 8);
      // Away from the edges and from thresholds, which resampling moves by up to 10 HU.
      boolean near =
          Math.min(Math.abs(liver), Math.abs(kidney)) < 0.2 || Math.abs(liver - kidney) < 0.9;
      if (x >= 2 && x < 18 && i / 20 % 12 >= 2 && i / 20 % 12 < 10 && !near) {
        int expected = liver <= 0 && kidney <= 0 ? 0 : liver > kidney ? 1 : 2;
        assertEquals(expected, (int) predicted.voxels()[i], "voxel " + i + ", " + hu(x) + " HU");
        found[expected]++;
      }
    }
    for (int c = 0; c < 3; c++) {
      assertTrue(found[c] > 20, found[c] + " voxels of class " + c);
    }
    assertEquals(
        List.of(2, 1),
        MetricsFile.read(root.resolve("out/evaluation/metrics.json")).models().stream()
            .map(score -> score.cost().passes())
            .toList());
    List<Event> again = run(Goal.RUN, experiment());
    assertTrue(again.stream().noneMatch(Event.StageDone.class::isInstance), again::toString);
  }

  /** The liver's network has other channels: its features are left out, with a warning. */
  @Test
  void featuresThatCannotBeComparedAreLeftOut() throws IOException {
    run(Goal.DISTILL, experiment());
    assertTrue(sum("feature.liver.level1") > 0, "the liver's features are compared: " + history());
    Network wide = new Network(2, 2, Normalization.INSTANCE);
    SmallExperiment.giveAs(
        given("liver"),
        new ModelCard(
            ModelKind.TEACHER, wide, List.of("liver"), LIVERS, 32, 1, new TreeMap<>(), List.of()),
        1);
    Model everywhere = ModelArchive.read(given("liver"));
    everywhere.tensors().get("head.bias").values()[1] = 1; // The organ's logit at every pixel.
    ModelArchive.write(given("liver"), everywhere.card(), everywhere.tensors().values());
    List<Event> events = run(Goal.DISTILL, experiment());
    assertTrue(
        events
            .toString()
            .contains(
                "The teacher of liver has baseChannels 2 (student: 1): its features are not"
                    + " compared, its logits are."),
        events::toString);
    assertEquals(0, sum("feature.liver.level1"), "the liver's features");
    assertTrue(sum("feature.kidney.level1") > 0, "the kidney's features");
    assertTrue(sum("logit.liver") > 0, "the liver's logits");
  }

  private List<String> history() throws IOException {
    return Files.readAllLines(root.resolve("out/methods/mskd/history.jsonl"));
  }

  private double sum(String term) throws IOException {
    double sum = 0;
    for (String line : history()) {
      JsonNode value = new ObjectMapper().readTree(line).findValue(term);
      sum += value == null ? Double.NaN : value.asDouble();
    }
    return sum;
  }

  @Test
  void outputsThatDoNotFitAreAnErrorInPlaceOfTeachersInEachStep() {
    outputs = new TeacherOutputs(TeacherOutputs.Mode.STORED, 1000);
    BadInputException e =
        assertThrows(BadInputException.class, () -> run(Goal.DISTILL, experiment()));
    assertTrue(
        e.problem()
            .endsWith(
                "They must be stored, as these teachers read other slices than the student:"
                    + " liver."),
        e.problem());
    assertTrue(e.remedy().startsWith("Set <maxStore="), e.remedy());
  }
}
