package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels and probabilities in the header of the scan that they belong to. */
class ScanHeaderTest {
  @TempDir Path folder;

  /** Writes a label of the scan, compares all placing fields, and returns its bytes. */
  private HeaderBytes sameFields(Path scan, String message) throws IOException {
    ImageHeader header = NiftiReader.readHeader(scan);
    Grid canonical = Orientation.canonical(header.grid());
    byte[] classes = new byte[canonical.size()];
    classes[canonical.size() - 1] = 1;
    Path label = folder.resolve("label.nii");
    NiftiWriter.write(
        label, new ClassMap(canonical, classes), new int[] {0, 3}, VoxelType.UINT8, header);
    HeaderBytes written = HeaderBytes.of(label);
    assertEquals(HeaderBytes.of(scan).placement(), written.placement(), message);
    assertEquals(2, written.datatype());
    assertEquals(1, written.slope());
    assertEquals(0, written.intercept());
    assertEquals(written.two ? 544 : 352, written.voxOffset());
    assertEquals(written.voxOffset() + canonical.size(), written.bytes.capacity());
    ImageHeader read = NiftiReader.readHeader(label);
    assertEquals(header.grid(), read.grid(), message);
    assertEquals(header.forms(), read.forms(), message);
    assertEquals(
        3, Orientation.toCanonical(NiftiReader.read(label)).voxels()[canonical.size() - 1]);
    return written;
  }

  private HeaderBytes sameFields(HandMadeNifti nifti) throws IOException {
    return sameFields(nifti.write(folder.resolve("scan.nii")), "");
  }

  private static HandMadeNifti scan(int version, ByteOrder order) {
    HandMadeNifti nifti = new HandMadeNifti(version, order, true, 24).dim(3, 2, 3, 4);
    nifti.pixdim(-1, 0.7, 0.8, 2.5).quaternion(0.1, -0.2, 0.9, 11.1, -22.2, 33.3);
    return nifti.srow(0, 0, 2.5, 1.1, -0.7, 0, 0, 2.2, 0, 0.8, 0, 3.3).units(2 + 8);
  }

  @Test
  void everyCodeUnitVersionAndByteOrder() throws IOException {
    for (int version = 1; version <= 2; version++) {
      for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
        for (int[] codes : new int[][] {{0, 1}, {1, 1}, {2, 0}, {0, 0}, {1, 4}, {-1, 2}}) {
          for (int units : new int[] {0, 1, 2, 3, 1 + 8, 3 + 16}) {
            sameFields(scan(version, order).codes(codes[0], codes[1]).units(units));
          }
        }
      }
    }
  }

  @Test
  void headersThatWereReadWithARemark() throws IOException {
    for (int version = 1; version <= 2; version++) {
      HandMadeNifti zero = scan(version, ByteOrder.BIG_ENDIAN).codes(1, 1).srow(new double[12]);
      sameFields(zero);
      sameFields(zero.srow(Double.NaN, 1, Double.NEGATIVE_INFINITY));
      sameFields(scan(version, ByteOrder.LITTLE_ENDIAN).codes(1, 0).pixdim(-1, -0.7, 0.8, -2.5));
      sameFields(scan(version, ByteOrder.LITTLE_ENDIAN).codes(0, 0).pixdim(0, -0.7, 0.8, -2.5));
      // Written with the right offset: that field is of the file, not of the scan's place.
      sameFields(scan(version, ByteOrder.LITTLE_ENDIAN).codes(1, 1).offset(0));
      // The forms are far apart, and sheared by 15 degrees.
      double lean = Math.tan(Math.toRadians(15));
      sameFields(
          scan(version, ByteOrder.LITTLE_ENDIAN)
              .codes(1, 1)
              .srow(0.7, 0, 0, 20, 0, 0.8, 2.5 * lean, 0, 0, 0, 2.5, 0));
    }
  }

  @Test
  void numbersOfAxes() throws IOException {
    HandMadeNifti flat = new HandMadeNifti(1, ByteOrder.LITTLE_ENDIAN, true, 6);
    sameFields(flat.codes(1, 0).dim(2, 3, 2, 77, 77).pixdim(1, 2, 2, 0));
    sameFields(flat.codes(0, 1).dim(3, 3, 2, 1, 1).srow(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0));
    sameFields(flat.dim(4, 3, 2, 1, 1));
    sameFields(flat.dim(5, 3, 2, 1, 0, 1));
  }

  /** A label is of one volume. */
  @Test
  void severalVolumesBecomeOne() throws IOException {
    HandMadeNifti nifti = new HandMadeNifti(2, ByteOrder.LITTLE_ENDIAN, true, 30);
    Path scan = nifti.dim(4, 3, 2, 1, 5).codes(1, 0).write(folder.resolve("4d.nii"));
    ImageHeader header = NiftiReader.readHeader(scan);
    Path label = folder.resolve("label.nii.gz");
    NiftiWriter.write(
        label, new ClassMap(header.grid(), new byte[6]), new int[1], VoxelType.UINT8, header);
    assertEquals(
        List.of("dim 0 3", "dim 1 3", "dim 2 2", "dim 3 1", "dim 4 1", "dim 5 1"),
        HeaderBytes.of(label).placement().subList(1, 7));
    assertEquals(header.grid(), NiftiReader.read(label).grid());
  }

  @Test
  void pairs() throws IOException {
    for (int version = 1; version <= 2; version++) {
      HandMadeNifti nifti = new HandMadeNifti(version, ByteOrder.BIG_ENDIAN, false, 0);
      nifti.pixdim(-1, 0.7, 0.8, 2.5).quaternion(0.1, -0.2, 0.9, 11.1, -22.2, 33.3).codes(1, 0);
      HeaderBytes written = sameFields(nifti.write(folder.resolve("pair.hdr")), "pair");
      assertEquals('+', written.bytes.get(version == 2 ? 5 : 345));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ASR", "ILP", "LAS", "LPS", "PIR", "RAS", "RPI", "SAL"})
  void filesOfOtherProgramsInEightOrientations(String code) throws IOException {
    sameFields(SharedData.at("readers/orientations/" + code + ".nii.gz"), code);
  }

  /**
   * Classes that follow from the image show in every orientation that voxels are where they were.
   */
  @ParameterizedTest
  @ValueSource(strings = {"ASR", "ILP", "LAS", "LPS", "PIR", "RAS", "RPI", "SAL"})
  void voxelsLieWhereTheScansDo(String code) throws IOException {
    Path scan = SharedData.at("readers/orientations/" + code + ".nii.gz");
    Volume image = NiftiReader.read(scan);
    Volume canonical = Orientation.toCanonical(image);
    byte[] classes = new byte[canonical.voxels().length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (byte) (canonical.voxels()[i] > 50 ? 2 : canonical.voxels()[i] > 20 ? 1 : 0);
    }
    Path label = folder.resolve("label.nii.gz");
    NiftiWriter.write(
        label,
        new ClassMap(canonical.grid(), classes),
        new int[] {0, 7, 200},
        VoxelType.UINT8,
        NiftiReader.readHeader(scan));
    HeaderBytes written = HeaderBytes.of(label);
    for (int i = 0; i < classes.length; i++) {
      int expected = image.voxels()[i] > 50 ? 200 : image.voxels()[i] > 20 ? 7 : 0;
      if (written.voxel(i) != expected) {
        assertEquals(expected, written.voxel(i), code + " voxel " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nifti/anatomical.nii",
        "nifti/example_nifti2.nii.gz",
        "nifti/minimal.nii.gz",
        "nifti/ras.hdr",
        "nifti/shear.nii.gz",
        "nifti/standard.nii.gz",
        "other/FLAIR.nii.gz"
      })
  void otherFilesOfOtherPrograms(String name) throws IOException {
    Path scan = SharedData.at("readers/" + name);
    if (NiftiReader.frames(scan) == 1) {
      sameFields(scan, name);
    } else {
      assertEquals("nifti/example_nifti2.nii.gz", name);
    }
  }

  @Test
  void randomHeaders() throws IOException {
    long seed = 20240611;
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 300; run++) {
      int version = random.nextInt(1, 3);
      ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      int[] size = {random.nextInt(1, 7), random.nextInt(1, 7), random.nextInt(1, 7)};
      HandMadeNifti nifti =
          new HandMadeNifti(version, order, true, 2 * size[0] * size[1] * size[2]);
      nifti.type(4, 16).dim(random.nextInt(3, 8), size[0], size[1], size[2]);
      double[] step = new double[3];
      double[] at = new double[3];
      for (int i = 0; i < 3; i++) {
        step[i] = random.nextDouble(0.3, 5);
        at[i] = random.nextDouble(-500, 500);
      }
      nifti.pixdim(random.nextInt(-1, 2), step[0], step[1], step[2]);
      double[] m = Rotations.random(random);
      double[] srow = new double[12];
      for (int i = 0; i < 9; i++) {
        srow[i / 3 * 4 + i % 3] = m[i] * step[i % 3] + random.nextDouble(-0.01, 0.01);
        srow[i / 3 * 4 + 3] = at[i / 3];
      }
      nifti.srow(srow);
      double r = random.nextDouble(0, 0.57);
      nifti.quaternion(r, random.nextDouble(-r, r), -r, at[1], at[2], at[0]);
      nifti.codes(random.nextInt(0, 5), random.nextInt(0, 5)).units(random.nextInt(0, 64));
      sameFields(nifti.write(folder.resolve("scan.nii")), "seed " + seed + " run " + run);
    }
  }

  @Test
  void probabilitiesAreReadAsZeroToOne() throws IOException {
    for (int version = 1; version <= 2; version++) {
      // The file's axes run down, to the left and to the back.
      HandMadeNifti nifti = new HandMadeNifti(version, ByteOrder.BIG_ENDIAN, true, 256);
      nifti.dim(3, 4, 8, 8).codes(0, 1).srow(0, -1, 0, 7, 0, 0, -1, 7, -2, 0, 0, 6);
      Path scan = nifti.write(folder.resolve("scan.nii"));
      byte[] all = new byte[256];
      for (int i = 0; i < 256; i++) {
        all[i] = (byte) i;
      }
      Grid canonical = new Grid(8, 8, 4, Affine.scaling(1, 1, 2));
      Path file = folder.resolve("liver.nii.gz");
      NiftiWriter.writeProbabilities(
          file, new ClassMap(canonical, all), NiftiReader.readHeader(scan));
      HeaderBytes written = HeaderBytes.of(file);
      assertEquals(HeaderBytes.of(scan).placement(), written.placement());
      assertEquals(2, written.datatype());
      assertEquals(1 / 255.0, written.slope(), version == 2 ? 0 : 1e-9);
      assertEquals(0, written.intercept());
      float[] read = NiftiReader.read(file).voxels();
      for (int i = 0; i < 256; i++) {
        int x = 7 - i / 4 % 8;
        int y = 7 - i / 32;
        int z = 3 - i % 4;
        int byteThere = x + 8 * (y + 8 * z);
        assertEquals(byteThere, written.voxel(i));
        assertEquals(byteThere / 255.0, read[i], 1e-7);
      }
    }
  }

  @Test
  void equalContentGivesEqualBytes() throws IOException {
    Path scan = scan(1, ByteOrder.LITTLE_ENDIAN).codes(1, 1).write(folder.resolve("scan.nii"));
    ImageHeader header = NiftiReader.readHeader(scan);
    ByteVoxels voxels = new ClassMap(Orientation.canonical(header.grid()), new byte[24]);
    Path first = folder.resolve("1.nii.gz");
    Path second = folder.resolve("2.nii.gz");
    NiftiWriter.writeProbabilities(first, voxels, header);
    NiftiWriter.writeProbabilities(second, voxels, header);
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
  }

  @Test
  void whatCannotBeWrittenLeavesNoFile() throws IOException {
    Path scan = scan(1, ByteOrder.LITTLE_ENDIAN).codes(0, 1).write(folder.resolve("scan.nii"));
    ImageHeader header = NiftiReader.readHeader(scan);
    Grid canonical = Orientation.canonical(header.grid());
    byte[] classes = new byte[24];
    classes[23] = 2;
    ClassMap map = new ClassMap(canonical, classes);
    ClassMap elsewhere = new ClassMap(header.grid(), classes);
    Path file = folder.resolve("label.nii");
    refused(() -> NiftiWriter.write(file, map, new int[] {0, 1}, VoxelType.UINT8, header));
    refused(() -> NiftiWriter.write(file, map, new int[] {0, 1, 256}, VoxelType.UINT8, header));
    refused(() -> NiftiWriter.write(file, elsewhere, new int[3], VoxelType.UINT8, header));
    refused(() -> NiftiWriter.writeProbabilities(folder.resolve("a.hdr"), map, header));
    assertFalse(Files.exists(file));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(scan), files.toList());
    }
    refused(() -> new ClassMap(canonical, new byte[23]));
  }

  private static void refused(org.junit.jupiter.api.function.Executable call) {
    assertThrows(IllegalArgumentException.class, call);
  }
}
