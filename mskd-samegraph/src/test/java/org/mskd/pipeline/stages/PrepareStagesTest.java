package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.PreparedSet;
import org.mskd.experiment.Phantoms;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.StageRuns;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** The real stages that need no tensors. */
class PrepareStagesTest {
  private static final Grid GRID = new Grid(32, 32, 2, Affine.scaling(1, 1, 3));

  @TempDir Path root;
  private SmallExperiment experiment;

  @BeforeEach
  void volumes() throws IOException {
    experiment = new SmallExperiment(root);
    Files.delete(root.resolve("liver/imagesTr/a.hdr"));
    subject("liver/imagesTr/a.nii", "liver/labelsTr/a.nii", 1, 1);
    subject("spleen/imagesTr/c.nii", "spleen/labelsTr/c.nii", 2, 1);
    subject("multi/imagesTs/t.nii", "multi/labelsTs/t.nii", 3, 1);
    subject("multi/imagesTs/u.nii", "multi/labelsTs/u.nii", 4, 2);
  }

  /** Noise, and a label with a square of 8 x 8 voxels. */
  private void subject(String image, String label, long seed, int value) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] hu = new float[GRID.size()];
    float[] classes = new float[GRID.size()];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = random.nextInt(-200, 300);
      classes[i] = i % 32 < 8 && i / 32 % 32 < 8 ? value : 0;
    }
    NiftiWriter.write(root.resolve(image), new Volume(GRID, hu), VoxelType.INT16);
    NiftiWriter.write(root.resolve(label), new Volume(GRID, classes), VoxelType.UINT8);
  }

  /** Runs the stages and returns the events' text. */
  private String run(Goal goal) {
    StageRuns.run(experiment.request(goal));
    try {
      return Files.readString(EventLog.fileIn(experiment.output()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void equalNamesGiveAWarningInEveryBuild() {
    subject("multi/imagesTs/c.nii", "multi/labelsTs/c.nii", 5, 1);
    String warning = "Training set spleen and the test set both have subjects named c,";
    String first = run(Goal.PREPARE);
    assertTrue(first.contains(warning), first);
    String again = run(Goal.PREPARE);
    assertFalse(again.contains("stageStarted"), again);
    assertTrue(again.contains(warning), again);
  }

  @Test
  void aTestSetWithATrainingScanIsRefused() {
    run(Goal.PREPARE);
    Path prepared = new ExperimentFolders(experiment.output()).prepared();
    assertEquals(2, PreparedSet.read(prepared.resolve(PreparedSet.TEST)).stores().size());
    subject("multi/imagesTs/u.nii", "multi/labelsTs/u.nii", 2, 2); // spleen's scan c
    BadInputException e = assertThrows(BadInputException.class, () -> run(Goal.PREPARE));
    assertTrue(e.problem().contains("are the same scan"), e.problem());
    assertEquals(2, PreparedSet.read(prepared.resolve(PreparedSet.TEST)).stores().size());
    assertThrows(BadInputException.class, () -> run(Goal.PREPARE), "it was trusted");
    assertEquals(1, PreparedSet.read(prepared.resolve("spleen")).stores().size());
  }

  @Test
  void aDamagedPhantomIsDrawnAgain() throws IOException {
    Path folder = root.resolve("phantoms");
    experiment.phantoms = Optional.of(new Phantoms(folder, List.of("spleen"), 1, 1, 32, 8, 7));
    run(Goal.MAKE_PHANTOMS);
    Path label = folder.resolve("spleen/labelsTr/spleen-001.nii.gz");
    byte[] whole = Files.readAllBytes(label);
    String again = run(Goal.MAKE_PHANTOMS);
    assertTrue(again.contains("stageSkipped"), again);
    byte[] damaged = whole.clone();
    damaged[damaged.length - 9] ^= 4;
    Files.write(label, damaged);
    Files.setLastModifiedTime(label, FileTime.fromMillis(0));
    run(Goal.MAKE_PHANTOMS);
    assertArrayEquals(whole, Files.readAllBytes(label));
  }
}
