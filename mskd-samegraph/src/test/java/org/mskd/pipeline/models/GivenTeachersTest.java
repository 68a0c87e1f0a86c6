package org.mskd.pipeline.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.mskd.dataset.Preparer;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Method;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.file.Sha256;
import org.mskd.method.MskdMethod;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.pipeline.stages.TeacherFileStage;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

class GivenTeachersTest {
  private static final Preprocessing SLICES = new Preprocessing(32, -125, 275, List.of());
  private static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);

  private static final Method LOGITS =
      MskdMethod.student("mine", Distillation.DEFAULT.withFeatureWeight(0));

  @TempDir Path root;
  private SmallExperiment experiment;
  private Path file;

  @BeforeEach
  void declare() {
    experiment = new SmallExperiment(root);
    file = root.resolve("given/liver.mskd");
    experiment.teachers.add(new TeacherFile("liver", file));
  }

  private void write(ModelKind kind, List<String> organs, Network network, Preprocessing slices) {
    write(
        new ModelCard(
            kind, network, organs, slices, slices.sliceSize(), 1, new TreeMap<>(), List.of()));
  }

  private void write(ModelCard card) {
    SmallExperiment.giveAs(file, card, 1);
  }

  private void write(Network network, Preprocessing slices) {
    write(ModelKind.TEACHER, List.of("liver"), network, slices);
  }

  private BadInputException refused() {
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> new GivenTeachers(experiment.experiment()).check());
    assertTrue(e.problem().startsWith(file.toString()), e.problem());
    assertFalse(e.remedy().contains("trains it again"), e.remedy());
    return e;
  }

  private void check() {
    new GivenTeachers(experiment.experiment()).check();
  }

  @Test
  void anEqualTeacherIsAccepted() {
    write(NETWORK, SLICES);
    check();
    assertEquals(
        List.of("liver"),
        new GivenTeachers(experiment.experiment())
            .read(new TeacherFile("liver", file), file)
            .card()
            .organs());
  }

  @Test
  void aFileThatIsNoModelIsNamedWithTheRemedy() throws IOException {
    assertTrue(refused().problem().contains("is missing"), refused().problem());
    Files.createDirectories(file);
    assertTrue(refused().problem().contains("not a file"), refused().problem());
    Files.delete(file);
    Files.writeString(file, "no model");
    assertEquals(
        "Give the model.mskd of a teacher of liver, or take a fresh copy of it.",
        refused().remedy());
    write(NETWORK, SLICES);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    refused();
  }

  @Test
  void aStudentIsNoTeacher() {
    write(ModelKind.STUDENT, List.of("liver", "spleen"), NETWORK, SLICES);
    assertTrue(
        refused().problem().endsWith("but is a student of [liver, spleen]."), refused().problem());
  }

  @Test
  void bothOrgansAreNamed() {
    write(ModelKind.TEACHER, List.of("spleen"), NETWORK, SLICES);
    assertEquals(
        file + " is given as the teacher of liver, but is one of spleen.", refused().problem());
  }

  @Test
  void everyDifferenceInPreprocessingIsNamedWithThePomElement() {
    experiment.teacherOutputs = TeacherOutputs.LIVE;
    write(NETWORK, new Preprocessing(64, -100, 240.5, List.of(1.5, 3.0)));
    BadInputException e = refused();
    assertEquals(
        file
            + ", the teacher of liver, reads other slices than the student: sliceSize 64 (declared:"
            + " 32), window -100 240.5 (declared: -125 275), targetSpacing 1.5 3 (declared: none)."
            + " With <teacherOutputs> live, teachers run in each step on the student's slices.",
        e.problem());
    assertTrue(
        e.remedy()
            .startsWith(
                "Set <teacherOutputs=stored>, or write <sliceSize>64</sliceSize>, <window>-100"
                    + " 240.5</window>, <targetSpacing>1.5 3</targetSpacing>"),
        e.remedy());
    experiment.teacherOutputs = null;
    check(); // Stored outputs are brought to the student's grid.
    experiment.teacherOutputs = TeacherOutputs.LIVE;
    experiment.preprocessing = new Preprocessing(32, -125, 275, List.of(2.0));
    write(NETWORK, SLICES);
    e = refused();
    assertTrue(e.problem().contains(": targetSpacing none (declared: 2). "), e.problem());
    assertTrue(e.remedy().contains(", or write no <targetSpacing>,"), e.remedy());
  }

  @Test
  void aTeacherOfPatchesIsTiledOverStoredSlices() {
    experiment.methods.set(0, LOGITS);
    write(
        new ModelCard(
            ModelKind.TEACHER,
            NETWORK,
            List.of("liver"),
            SLICES,
            16,
            1,
            new TreeMap<>(),
            List.of()));
    check();
    experiment.teacherOutputs = TeacherOutputs.LIVE;
    BadInputException e = refused();
    assertTrue(e.problem().contains(": patchSize 16 (declared: none). With"), e.problem());
    assertTrue(e.remedy().contains("or write <patchSize>16</patchSize>"), e.remedy());
  }

  @Test
  void studentsOfPatchesNeedTeachersOfTheSameSlices() {
    experiment.training = Training.DEFAULT.toBuilder().patchSize(16).build();
    write(NETWORK, new Preprocessing(64, -125, 275, List.of()));
    BadInputException e = refused();
    assertTrue(
        e.problem()
            .endsWith(" With <patchSize> 16, teachers run in each step on the student's slices."),
        e.problem());
    assertTrue(e.remedy().startsWith("Set <patchSize=0>, or write"), e.remedy());
  }

  @Test
  void withoutDiskSpaceForOutputsTeachersNeedTheSameSlices() {
    experiment.teacherOutputs = new TeacherOutputs(TeacherOutputs.Mode.STORED, 0);
    write(NETWORK, new Preprocessing(64, -125, 275, List.of()));
    BadInputException e = refused();
    assertTrue(
        e.problem()
            .endsWith(" With <maxStore> 0, teachers run in each step on the student's slices."),
        e.problem());
    assertTrue(e.remedy().startsWith("Leave out <maxStore>, or write"), e.remedy());
  }

  @Test
  void liveTeachersReadTheStudentsNeighbours() {
    experiment.methods.set(0, LOGITS);
    experiment.teacherOutputs = TeacherOutputs.LIVE;
    write(NETWORK.withNeighbours(new Neighbours(1, 0)), SLICES);
    BadInputException e = refused();
    assertTrue(e.problem().contains(": neighbours 1 (declared: 0). With"), e.problem());
    assertTrue(e.remedy().contains("or write <neighbours>1</neighbours>, so that"), e.remedy());
    write(NETWORK.withNeighbours(new Neighbours(2, 2.5)), SLICES);
    e = refused();
    assertTrue(
        e.problem()
            .contains(": neighbours 2 (declared: 0), neighbourDistance 2.5 (declared: 0). With"),
        e.problem());
    experiment.network = NETWORK.withNeighbours(new Neighbours(2, 3));
    e = refused();
    assertTrue(e.problem().contains(": neighbourDistance 2.5 (declared: 3). With"), e.problem());
    experiment.teacherOutputs = null;
    check();
  }

  /** Prepares the test set's two cases for real and returns the voxel digest of one. */
  private String preparedTestScan() {
    Grid grid = new Grid(32, 32, 2, Affine.scaling(1, 1, 3));
    for (int t = 0; t < 2; t++) {
      float[] voxels = new float[grid.size()];
      voxels[0] = t;
      float[] labels = new float[grid.size()];
      labels[0] = t + 1;
      String name = List.of("t", "u").get(t) + ".nii";
      NiftiWriter.write(
          root.resolve("multi/imagesTs").resolve(name), new Volume(grid, voxels), VoxelType.INT16);
      NiftiWriter.write(
          root.resolve("multi/labelsTs").resolve(name), new Volume(grid, labels), VoxelType.UINT8);
    }
    return SliceStore.subject(
            new Preparer(SLICES, experiment.output(), (set, done, of) -> {})
                .test(experiment.testSet.orElseThrow(), experiment.organs, List.of())
                .stores()
                .get(1))
        .voxelDigest();
  }

  private void take() {
    TeacherFileStage stage =
        new TeacherFileStage(experiment.context(), new TeacherFile("liver", file));
    try (EventLog events = EventLog.open(experiment.output())) {
      stage.run(
          new StageWork(
              new StageProgress(events, stage.name(), stage.steps()),
              experiment.output(),
              new TreeMap<>(Map.of("given", Sha256.of(file)))));
    }
  }

  @Test
  void theFileIsCopiedUnchanged() throws IOException {
    preparedTestScan();
    write(NETWORK, SLICES);
    byte[] given = Files.readAllBytes(file);
    take();
    Path copy = ExperimentFolders.modelIn(experiment.context().folders().teacher("liver"));
    assertArrayEquals(given, Files.readAllBytes(copy));
    assertArrayEquals(given, Files.readAllBytes(file));
    ExperimentModels models =
        new ExperimentModels(experiment.context().experiment(), experiment.context().folders());
    assertEquals(List.of("liver"), models.teacher("liver").card().organs());
    Files.delete(copy);
    BadInputException e = assertThrows(BadInputException.class, () -> models.teacher("liver"));
    assertEquals("Run the same goal again, which copies it again.", e.remedy());
  }

  @Test
  void aTeacherThatWasTrainedOnATestScanIsRefused() {
    String digest = preparedTestScan();
    write(
        new ModelCard(
            ModelKind.TEACHER,
            NETWORK,
            List.of("liver"),
            SLICES,
            32,
            1,
            new TreeMap<>(),
            List.of(Map.of("voxelDigest", "other"), Map.of("voxelDigest", digest))));
    BadInputException e = assertThrows(BadInputException.class, this::take);
    assertEquals(
        file
            + ", the teacher of liver, was trained on imagesTs/u.nii of the test set: their voxels"
            + " are equal.",
        e.problem());
    experiment.testSet = java.util.Optional.empty();
    take();
  }
}
