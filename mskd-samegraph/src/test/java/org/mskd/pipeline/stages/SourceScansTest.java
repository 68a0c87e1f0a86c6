package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.Scan;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

class SourceScansTest {
  private static final Grid GRID = new Grid(16, 16, 2, Affine.scaling(2, 2, 4));

  @TempDir Path root;
  private SourceScans scans;
  private List<PreparedSubject> subjects;

  @BeforeEach
  void prepare() {
    for (int i = 0; i < 3; i++) {
      image(i, 100 * i);
    }
    UnlabelledSource images = new UnlabelledSource("ct", root.resolve("images"));
    SmallExperiment experiment = new SmallExperiment(root.resolve("experiment"));
    experiment.unlabelled.add(images);
    subjects =
        new Preparer(
                new Preprocessing(16, -125, 275, List.of()),
                root.resolve("out"),
                (set, done, of) -> {})
            .unlabelled(images).stores().stream().map(SliceStore::subject).toList();
    scans = new SourceScans(experiment.experiment());
  }

  private void image(int name, float hu) {
    float[] voxels = new float[GRID.size()];
    voxels[5] = hu;
    NiftiWriter.write(
        root.resolve("images/" + name + ".nii"), new Volume(GRID, voxels), VoxelType.INT16);
  }

  @Test
  void theLastTwoScansAreReadOnce() {
    Scan first = scans.read("ct", subjects.get(0));
    Scan second = scans.read("ct", subjects.get(1));
    assertSame(first, scans.read("ct", subjects.get(0)));
    assertSame(second, scans.read("ct", subjects.get(1)));
    scans.read("ct", subjects.get(2));
    assertTrue(first != scans.read("ct", subjects.get(0)), "only two are kept");
  }

  @Test
  void aScanThatHasChangedOrIsGoneIsNamed() throws IOException {
    image(1, 7);
    BadInputException e =
        assertThrows(BadInputException.class, () -> scans.read("ct", subjects.get(1)));
    assertEquals(
        root.resolve("images/1.nii") + " has changed since its slices were prepared.", e.problem());
    Files.delete(root.resolve("images/2.nii"));
    e = assertThrows(BadInputException.class, () -> scans.read("ct", subjects.get(2)));
    assertEquals("Scan 2 of ct is gone.", e.problem());
    assertEquals("Run the same goal again, which prepares it again.", e.remedy());
  }
}
