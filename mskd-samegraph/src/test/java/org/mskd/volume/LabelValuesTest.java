package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class LabelValuesTest {
  @TempDir Path folder;

  private Path written(VoxelType type, float... voxels) {
    Path file = folder.resolve("label.nii.gz");
    NiftiWriter.write(
        file, new Volume(new Grid(voxels.length, 1, 1, Affine.scaling(1, 1, 1)), voxels), type);
    return file;
  }

  private String refused(Path file) {
    return assertThrows(BadInputException.class, () -> LabelValues.of(file)).getMessage();
  }

  /** More than one block, so that a value may occur in the last one alone. */
  @Test
  void areThoseOfEveryVoxel() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    float[] voxels = new float[20_011];
    TreeSet<Integer> expected = new TreeSet<>();
    for (int i = 0; i < voxels.length; i++) {
      int value = i == voxels.length - 1 ? 65535 : random.nextInt(9) == 0 ? random.nextInt(40) : 0;
      voxels[i] = value;
      expected.add(value);
    }
    assertEquals(expected, LabelValues.of(written(VoxelType.UINT16, voxels)), "seed " + seed);
  }

  @Test
  void roundTheErrorOfAScale() {
    assertEquals(
        new TreeSet<>(Arrays.asList(0, 1, 3)),
        LabelValues.of(written(VoxelType.FLOAT32, 0, 0.9995f, 3.0004f, 0)));
  }

  @Test
  void otherNumbersAreNoLabels() {
    assertTrue(
        refused(written(VoxelType.FLOAT32, 0, 1.5f)).contains("label.nii.gz holds the value 1.5"));
    assertTrue(refused(written(VoxelType.INT16, 0, -1)).contains("the value -1.0"));
    assertTrue(refused(written(VoxelType.INT32, 0, 65536)).contains("the value 65536.0"));
    assertTrue(refused(written(VoxelType.FLOAT32, 0, Float.NaN)).contains("the value NaN"));
  }

  @Test
  void wholeNumbersAreFoundApartFromRounding() {
    for (float whole : new float[] {0, -1, 3.0004f, 0.9995f, 65536, 1 << 24}) {
      assertTrue(LabelValues.isWhole(whole), whole + " is whole");
    }
    float[] others = {0.5f, 1.002f, -0.01f, 1e30f, Float.NaN, Float.NEGATIVE_INFINITY};
    for (float other : others) {
      assertFalse(LabelValues.isWhole(other), other + " is not whole");
    }
  }

  /** The end of the file is read too: the checksum of the gzip member is there. */
  @Test
  void aDamagedEndIsFound() throws IOException {
    Path file = written(VoxelType.UINT8, new float[30_000]);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 6] ^= 1;
    Files.write(file, bytes);
    assertTrue(refused(file).contains("label.nii.gz cannot be read"));
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
    assertTrue(refused(file).contains("label.nii.gz"));
  }
}
