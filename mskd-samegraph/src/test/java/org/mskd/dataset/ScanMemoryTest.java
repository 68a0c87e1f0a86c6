package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

class ScanMemoryTest {
  @TempDir private Path folder;

  @Test
  void aScanThatDoesNotFitIsNamedWithItsSizeAndWhatItNeeds() {
    Path file = folder.resolve("long.nii.gz");
    Grid grid = new Grid(128, 128, 64, Affine.scaling(1, 1, 1));
    NiftiWriter.write(file, new Volume(grid, new float[grid.size()]), VoxelType.INT16);
    Subject subject = new Subject("long", file, Optional.empty());
    assertEquals(3, ScanMemory.of(subject, () -> 3));
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                ScanMemory.of(
                    subject,
                    () -> {
                      throw new OutOfMemoryError("Java heap space");
                    }));
    // 2^20 voxels of at most 4 bytes and a class of 1 byte.
    String expected =
        " MiB is too small for "
            + file
            + ": its 128 x 128 x 64 voxels alone take up to 5 MiB, and slices and scores need"
            + " more.";
    assertTrue(
        e.problem().startsWith("The heap of ") && e.problem().endsWith(expected), e.problem());
    assertTrue(e.remedy().startsWith("Set <maxHeap="), e.remedy());
  }

  /** Off-heap memory of tensors runs out for other reasons, which have a message of their own. */
  @Test
  void memoryOfTensorsIsNotTheScans() {
    Subject subject = new Subject("a", folder.resolve("a.nii"), Optional.empty());
    OutOfMemoryError e =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                ScanMemory.of(
                    subject,
                    () -> {
                      throw new OutOfMemoryError("Physical memory usage is too high");
                    }));
    assertEquals("Physical memory usage is too high", e.getMessage());
  }
}
