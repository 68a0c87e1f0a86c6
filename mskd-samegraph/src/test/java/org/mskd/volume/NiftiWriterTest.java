package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mskd.problem.BadInputException;

class NiftiWriterTest {
  @TempDir Path folder;

  private static final Affine OBLIQUE = oblique();

  /** Every number a float, so that NIfTI-1 keeps it. */
  private static Affine oblique() {
    double[] m = Rotations.euler(0.2, -0.3, 2.5);
    double[] rows = new double[12];
    for (int row = 0; row < 3; row++) {
      for (int axis = 0; axis < 3; axis++) {
        rows[row * 4 + axis] = (float) (m[row * 3 + axis] * (axis == 2 ? -2.5 : 0.75));
      }
      rows[row * 4 + 3] = (float) (-100.3 + row);
    }
    return Affine.of(rows);
  }

  @ParameterizedTest
  @EnumSource(VoxelType.class)
  void whatIsWrittenIsRead(VoxelType type) {
    float lowest = type.name().startsWith("U") ? 0 : -128;
    Volume volume = new Volume(new Grid(2, 1, 3, OBLIQUE), new float[] {0, 1, 2, 127, lowest, 100});
    for (NiftiVersion version : NiftiVersion.values()) {
      for (String ending : List.of(".nii", ".nii.gz")) {
        Path file = folder.resolve("deep/er/" + type + version + ending);
        NiftiWriter.write(file, volume, type, version);
        Volume read = NiftiReader.read(file);
        assertEquals(volume.grid(), read.grid());
        assertArrayEquals(volume.voxels(), read.voxels());
      }
    }
  }

  @Test
  void extremesOfEveryIntegerType() {
    extremes(VoxelType.UINT8, 0, 255, -1, 256);
    extremes(VoxelType.INT8, -128, 127, -129, 128);
    extremes(VoxelType.UINT16, 0, 65535, -1, 65536);
    extremes(VoxelType.INT16, -32768, 32767, -32769, 32768);
    extremes(VoxelType.UINT32, 0, Math.nextDown(0x1p32f), -1, 0x1p32f);
    extremes(VoxelType.INT32, -0x1p31f, Math.nextDown(0x1p31f), Math.nextDown(-0x1p31f), 0x1p31f);
    extremes(VoxelType.UINT64, 0, Math.nextDown(0x1p64f), -1, 0x1p64f);
    extremes(VoxelType.UINT64, 1, 0x1p63f, -1, 0x1p65f);
    extremes(VoxelType.INT64, -0x1p63f, Math.nextDown(0x1p63f), Math.nextDown(-0x1p63f), 0x1p63f);
    for (VoxelType real : List.of(VoxelType.FLOAT32, VoxelType.FLOAT64)) {
      assertArrayEquals(
          new float[] {Float.NaN, Float.MAX_VALUE, -0f, Float.NEGATIVE_INFINITY},
          written(real, Float.NaN, Float.MAX_VALUE, -0f, Float.NEGATIVE_INFINITY));
    }
  }

  private void extremes(VoxelType type, float lowest, float highest, float below, float above) {
    assertArrayEquals(new float[] {lowest, highest}, written(type, lowest, highest));
    for (float bad : new float[] {below, above, 0.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
      Path file = folder.resolve("bad.nii");
      Volume volume = line(0, bad);
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> NiftiWriter.write(file, volume, type));
      assertTrue(e.getMessage().contains(type.name()), e.getMessage());
      assertFalse(Files.exists(file));
    }
  }

  private float[] written(VoxelType type, float... voxels) {
    Path file = folder.resolve("line.nii");
    NiftiWriter.write(file, line(voxels), type);
    return NiftiReader.read(file).voxels();
  }

  private static Volume line(float... voxels) {
    return new Volume(new Grid(voxels.length, 1, 1, Affine.scaling(1, 1, 1)), voxels);
  }

  @Test
  void headerByTheFormatsOffsets() throws IOException {
    Affine affine = Affine.of(-2, 0, 0, 10, 0, -3, 0, 20, 0, 0, 4, 30);
    Volume volume = new Volume(new Grid(1, 2, 1, affine), new float[] {1, -2});
    Path file = folder.resolve("one.nii");
    NiftiWriter.write(file, volume, VoxelType.INT16);
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(356, bytes.length);
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(348, header.getInt(0));
    short[] dim = {3, 1, 2, 1, 1, 1, 1, 1};
    for (int i = 0; i < 8; i++) {
      assertEquals(dim[i], header.getShort(40 + 2 * i));
    }
    assertEquals(4, header.getShort(70));
    assertEquals(16, header.getShort(72));
    float[] pixdim = {1, 2, 3, 4, 1, 1, 1, 1};
    for (int i = 0; i < 8; i++) {
      assertEquals(pixdim[i], header.getFloat(76 + 4 * i));
    }
    assertEquals(352, header.getFloat(108));
    assertEquals(1, header.getFloat(112));
    assertEquals(0, header.getFloat(116));
    assertEquals(2, header.get(123));
    assertEquals(1, header.getShort(252));
    assertEquals(1, header.getShort(254));
    float[] floats = {0, 0, 1, 10, 20, 30, -2, 0, 0, 10, 0, -3, 0, 20, 0, 0, 4, 30};
    for (int i = 0; i < floats.length; i++) {
      assertEquals(floats[i], header.getFloat(256 + 4 * i), "float " + i);
    }
    assertEquals("n+1\0", new String(bytes, 344, 4, java.nio.charset.StandardCharsets.US_ASCII));
    assertEquals(0, header.getInt(348));
    assertEquals(1, header.getShort(352));
    assertEquals(-2, header.getShort(354));
  }

  @Test
  void secondVersionByTheFormatsOffsets() throws IOException {
    Path file = folder.resolve("two.nii");
    NiftiWriter.write(
        file,
        new Volume(new Grid(1, 1, 1, Affine.scaling(1.1, 2, 3)), new float[] {7}),
        VoxelType.UINT8,
        NiftiVersion.TWO);
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(545, bytes.length);
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(540, header.getInt(0));
    assertArrayEquals(
        new byte[] {'n', '+', '2', 0, 13, 10, 26, 10}, Arrays.copyOfRange(bytes, 4, 12));
    assertEquals(2, header.getShort(12));
    assertEquals(3, header.getLong(16));
    assertEquals(1, header.getLong(24));
    assertEquals(1.1, header.getDouble(112));
    assertEquals(544, header.getLong(168));
    assertEquals(1.1, header.getDouble(400));
    assertEquals(2, header.getInt(500));
    assertEquals(7, bytes[544]);
  }

  @Test
  void qformEqualsSform() throws IOException {
    long seed = 99;
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 100; run++) {
      double[] m = Rotations.random(random);
      double[] rows = new double[12];
      double sign = run % 2 == 0 ? 1 : -1;
      for (int i = 0; i < 9; i++) {
        rows[i / 3 * 4 + i % 3] = m[i] * new double[] {0.8, 1.5, 3 * sign}[i % 3];
      }
      rows[3] = -200;
      rows[7] = 150;
      rows[11] = 1;
      Affine affine = Affine.of(rows);
      Path file = folder.resolve("q.nii");
      NiftiWriter.write(
          file,
          new Volume(new Grid(1, 1, 1, affine), new float[1]),
          VoxelType.UINT8,
          NiftiVersion.TWO);
      byte[] bytes = Files.readAllBytes(file);
      ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(348, 0); // no sform: the qform must do
      assertEquals(1, header.getInt(344));
      Affine read = NiftiReader.readGrid(Files.write(file, bytes)).affine();
      for (int i = 0; i < 12; i++) {
        assertEquals(
            rows[i], read.get(i / 4, i % 4), 3e-3, "seed " + seed + " run " + run + " at " + i);
      }
    }
  }

  @Test
  void shearedAffineHasNoQform() throws IOException {
    Affine sheared = Affine.of(1, 0.25, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
    Path file = folder.resolve("s.nii");
    NiftiWriter.write(file, new Volume(new Grid(1, 1, 1, sheared), new float[1]), VoxelType.UINT8);
    ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(0, header.getShort(252));
    assertEquals(1, header.getShort(254));
    assertEquals(sheared, NiftiReader.readGrid(file).affine());
  }

  @ParameterizedTest
  @CsvSource({"32767, 348", "32768, 540"})
  void longAxesNeedTheSecondVersion(int n, int headerSize) throws IOException {
    Path file = folder.resolve("long.nii");
    Volume volume = new Volume(new Grid(1, n, 1, Affine.scaling(1, 1, 1)), new float[n]);
    NiftiWriter.write(file, volume, VoxelType.UINT8);
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(headerSize, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0));
    assertEquals(volume.grid(), NiftiReader.read(file).grid());
    if (n > 32767) {
      assertThrows(
          IllegalArgumentException.class,
          () -> NiftiWriter.write(file, volume, VoxelType.UINT8, NiftiVersion.ONE));
    }
  }

  @Test
  void sameBytesEveryTimeAndPlainGzip() throws IOException {
    Volume volume = new Volume(new Grid(40, 30, 20, OBLIQUE), noise(24000));
    Path first = folder.resolve("first.nii.gz");
    Path second = folder.resolve("second.nii.gz");
    Path plain = folder.resolve("plain.nii");
    NiftiWriter.write(first, volume, VoxelType.INT16);
    NiftiWriter.write(second, volume, VoxelType.INT16);
    NiftiWriter.write(plain, volume, VoxelType.INT16);
    byte[] bytes = Files.readAllBytes(first);
    assertArrayEquals(bytes, Files.readAllBytes(second));
    assertEquals(0, ByteBuffer.wrap(bytes).getInt(4), "time in the gzip header");
    assertEquals(0, bytes[3], "no name in the gzip header");
    byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    assertArrayEquals(Files.readAllBytes(plain), unpacked);
    assertEquals(352 + 48000, unpacked.length);
    try (var files = Files.list(folder)) {
      assertEquals(3, files.count(), "nothing else is left in the folder");
    }
  }

  private static float[] noise(int count) {
    SplittableRandom random = new SplittableRandom(1);
    float[] voxels = new float[count];
    for (int i = 0; i < count; i++) {
      voxels[i] = random.nextInt(-1024, 3000);
    }
    return voxels;
  }

  @Test
  void otherNamesAndUnwritableFolders() throws IOException {
    for (String name : List.of("a.hdr", "a.gz", "a", "a.NII")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> NiftiWriter.write(folder.resolve(name), line(1), VoxelType.UINT8));
    }
    Path blocked = Files.createFile(folder.resolve("file")).resolve("a.nii");
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> NiftiWriter.write(blocked, line(1), VoxelType.UINT8));
    assertTrue(e.problem().contains("a.nii"), e.problem());
  }

  @Test
  void classesAreWrittenAsTheirValues() {
    // More than the block of voxels that is written at once.
    Grid grid = new Grid(21, 20, 22, Affine.scaling(1, 2, 3));
    byte[] classes = new byte[grid.size()];
    float[] expected = new float[grid.size()];
    int[] values = new int[201];
    for (int c = 0; c < values.length; c++) {
      values[c] = c == 200 ? 65535 : 3 * c;
    }
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (byte) (i % 201);
      expected[i] = values[i % 201];
    }
    ClassMap map = new ClassMap(grid, classes);
    Path file = folder.resolve("classes.nii");
    NiftiWriter.write(file, map, values, VoxelType.UINT16);
    Volume read = NiftiReader.read(file);
    assertEquals(grid, read.grid());
    assertArrayEquals(expected, read.voxels());
    assertEquals(200, map.at(200 % 21, 200 / 21, 0));
  }

  @Test
  void classesWithoutAValueAndValuesThatDoNotFitAreRefused() {
    Grid grid = new Grid(2, 1, 1, Affine.scaling(1, 2, 3));
    Path file = folder.resolve("classes.nii");
    ClassMap two = new ClassMap(grid, new byte[] {0, 2});
    assertThrows(
        IllegalArgumentException.class,
        () -> NiftiWriter.write(file, two, new int[] {0, 1}, VoxelType.UINT16));
    assertThrows(
        IllegalArgumentException.class,
        () -> NiftiWriter.write(file, two, new int[] {0, 1, 65536}, VoxelType.UINT16));
    assertFalse(Files.exists(file));
    assertThrows(IllegalArgumentException.class, () -> new ClassMap(grid, new byte[3]));
  }
}
