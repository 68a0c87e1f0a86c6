package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.problem.BadInputException;

/**
 * Files written by other programs. Sums, checksums and voxels were computed with a separate decoder
 * in Python (struct and numpy).
 */
class ReaderFilesTest {
  private static final String[] ORIENTATIONS = {
    "ASR", "ILP", "LAS", "LPS", "PIR", "RAS", "RPI", "SAL"
  };

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "nifti/anatomical.nii, 0, 33, 41, 25, 284166082, 142507416602, 5813",
    "nifti/example4d.nii.gz, 0, 128, 96, 24, 50994397, 25675738838, 466",
    "nifti/example4d.nii.gz, 1, 128, 96, 24, 50990959, 25676162662, 482",
    "nifti/example_nifti2.nii.gz, 0, 32, 20, 12, 3461748, 1690652856, 448",
    "nifti/example_nifti2.nii.gz, 1, 32, 20, 12, 3465054, 1691837995, 427",
    "nifti/low_res.nii.gz, 0, 7, 5, 3, 53, 2756, 1",
    "nifti/minimal.nii.gz, 0, 64, 64, 10, 1290240, 642502116, 32",
    "nifti/ras.hdr, 0, 62, 41, 34, 15024169, 7556316806, 190",
    "nifti/ras.img, 0, 62, 41, 34, 15024169, 7556316806, 190",
    "nifti/shear.nii.gz, 0, 306, 422, 54, -5577896244.481461, -2811134980668.8525, -1024",
    "nifti/standard.nii.gz, 0, 4, 5, 7, 7650, 549270, 255",
    "other/FLAIR.nii.gz, 0, 124, 160, 140, 115231646, 58078855930, 136",
    "orientations/SAL.nii.gz, 0, 67, 79, 64, 11398461.247137904, 5749241542.670766, 54.80641555786",
    "orientations/RAS.nii.gz, 0, 64, 79, 67, 11398461.247137904, 5763435186.999921, NaN"
  })
  void voxels(
      String name, int frame, int nx, int ny, int nz, double sum, double check, double third) {
    Path file = SharedData.at("readers/" + name);
    Volume volume = NiftiReader.readFrame(file, frame);
    Grid grid = volume.grid();
    assertEquals(List.of(nx, ny, nz), List.of(grid.nx(), grid.ny(), grid.nz()));
    assertEquals(grid, NiftiReader.readGrid(file));
    double total = 0;
    double weighted = 0;
    for (int i = 0; i < grid.size(); i++) {
      total += volume.voxels()[i];
      weighted += (double) volume.voxels()[i] * (i % 1009);
    }
    assertEquals(sum, total, Math.abs(sum) * 1e-11);
    assertEquals(check, weighted, Math.abs(check) * 1e-11);
    if (!Double.isNaN(third)) {
      assertEquals(third, volume.at(nx / 3, ny / 2, 2 * nz / 3), 1e-5);
    }
  }

  @Test
  void affines() {
    isAffine("anatomical.nii", -2, 0, 0, 32, 0, 2, 0, -40, 0, 0, 2, -16);
    isAffine("nifti1.hdr", -2, 0, 0, 90, 0, 2, 0, -126, 0, 0, 2, -72);
    isAffine("minimal.nii.gz", 3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0);
    isAffine("standard.nii.gz", 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 2, 0);
    for (String example : List.of("example4d.nii.gz", "example_nifti2.nii.gz")) {
      isAffine(
          example,
          -2,
          0,
          0,
          117.8551025,
          0,
          1.9737115,
          -0.3555282,
          -35.7229424,
          0,
          0.3232076,
          2.1710818,
          -7.2487984);
    }
    isAffine(
        "shear.nii.gz",
        0.4824219,
        0,
        0,
        -94.3793564,
        0,
        0.4574921,
        0,
        -117.106018,
        0,
        0.1530747,
        2.3708093,
        -102.2035522);
  }

  private static void isAffine(String name, double... rows) {
    Affine affine = NiftiReader.readGrid(SharedData.at("readers/nifti/" + name)).affine();
    for (int i = 0; i < 12; i++) {
      assertEquals(rows[i], affine.get(i / 4, i % 4), 1e-6, name + " at " + i);
    }
  }

  /** These files carry both forms, from the same source: without the sform the qform must agree. */
  @ParameterizedTest
  @ValueSource(strings = {"nifti/anatomical.nii", "nifti/example4d.nii.gz", "other/FLAIR.nii.gz"})
  void qformAgreesWithSform(String name) throws IOException {
    Path file = SharedData.at("readers/" + name);
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = (name.endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes();
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertTrue(header.getShort(252) != 0);
    header.putShort(254, (short) 0);
    Affine qform = NiftiReader.readGrid(Files.write(folder.resolve("q.nii"), bytes)).affine();
    Affine sform = NiftiReader.readGrid(file).affine();
    for (int i = 0; i < 12; i++) {
      assertEquals(sform.get(i / 4, i % 4), qform.get(i / 4, i % 4), 2e-6, name + " at " + i);
    }
  }

  @Test
  void whatCannotBeRead() {
    refused("nifti/analyze.hdr", "Analyze");
    refused("nifti/nifti1.hdr", "nifti1.img is missing");
    refused("nifti/example4d.nii.gz", "holds 2 volumes");
    refused("other/FLAIR.nrrd", "not a NIfTI file by its name");
    refused("other/mha.mha", "not a NIfTI file by its name");
  }

  private static void refused(String name, String text) {
    Path file = SharedData.at("readers/" + name);
    BadInputException e = assertThrows(BadInputException.class, () -> NiftiReader.read(file));
    assertTrue(e.problem().contains(text), e.problem());
  }

  @Test
  void oneVolumeInEightOrientations() {
    Volume first = canonical("RAS");
    // From the Python decoder, at (33, 44, 55) of RAS.nii.gz.
    assertEquals(57.710068f, first.at(33, 44, 55));
    for (String code : ORIENTATIONS) {
      Volume volume = NiftiReader.read(SharedData.at("readers/orientations/" + code + ".nii.gz"));
      assertEquals(code, Orientation.of(volume.grid().affine()).code());
      Volume canonical = Orientation.toCanonical(volume);
      assertArrayEquals(first.voxels(), canonical.voxels(), code);
      assertTrue(first.grid().matches(canonical.grid(), 1e-4), code + " " + canonical.grid());
      Volume back = Orientation.fromCanonical(canonical, volume.grid());
      assertArrayEquals(volume.voxels(), back.voxels(), code);
      assertEquals(volume.grid(), back.grid());
    }
  }

  private static Volume canonical(String code) {
    return Orientation.toCanonical(
        NiftiReader.read(SharedData.at("readers/orientations/" + code + ".nii.gz")));
  }

  @Test
  void extensionOfThirteenThousandBytesIsSkipped() {
    Volume labels = NiftiReader.read(SharedData.at("dicom-ct/labels.nii.gz"));
    assertEquals(5f, labels.at(170, 256, 13));
    assertEquals("LAS", Orientation.of(labels.grid().affine()).code());
    double sum = 0;
    for (float label : labels.voxels()) {
      sum += label;
    }
    assertEquals(14229599, sum);
  }
}
