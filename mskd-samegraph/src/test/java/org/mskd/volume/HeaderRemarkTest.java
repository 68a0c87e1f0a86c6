package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

/** Each unusual header beside a sound one that differs from it in one thing and has no remark. */
class HeaderRemarkTest {
  private static final double[] IDENTITY = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};

  @TempDir Path folder;

  private ImageHeader header(HandMadeNifti nifti) throws IOException {
    return NiftiReader.readHeader(nifti.write(folder.resolve("a.nii")));
  }

  private void isSound(HandMadeNifti nifti) throws IOException {
    assertEquals(List.of(), header(nifti).remarks());
  }

  private HeaderRemark only(HandMadeNifti nifti, HeaderRemark.Kind kind, String... texts)
      throws IOException {
    List<HeaderRemark> remarks = header(nifti).remarks();
    assertEquals(List.of(kind), remarks.stream().map(HeaderRemark::kind).toList());
    for (String text : texts) {
      assertTrue(remarks.get(0).text().contains(text), remarks.get(0).text());
    }
    assertTrue(remarks.get(0).text().startsWith("has "), remarks.get(0).text());
    assertTrue(remarks.get(0).text().endsWith("."), remarks.get(0).text());
    return remarks.get(0);
  }

  private static HandMadeNifti of(int version) {
    return new HandMadeNifti(version, ByteOrder.BIG_ENDIAN, true, 6);
  }

  private void refused(HandMadeNifti nifti, String text) {
    BadInputException e = assertThrows(BadInputException.class, () -> header(nifti));
    assertTrue(e.problem().contains(text), e.problem());
  }

  @Test
  void noForm() throws IOException {
    for (int version = 1; version <= 2; version++) {
      HandMadeNifti nifti = of(version).pixdim(-1, 2, 3, 4).quaternion(0, 0, 1, 5, 6, 7);
      only(nifti, HeaderRemark.Kind.NO_FORM, "to the right", "front", "head", "(0, 0, 0)");
      assertEquals(Affine.scaling(2, 3, 4), header(nifti).grid().affine());
      assertTrue(header(nifti).qformGrid().isEmpty());
      assertTrue(header(nifti).sformGrid().isEmpty());
      isSound(nifti.codes(1, 0));
      isSound(nifti.codes(2, 0));
      isSound(nifti.codes(0, 1).srow(IDENTITY));
    }
  }

  @Test
  void formsThatDisagree() throws IOException {
    for (int version = 1; version <= 2; version++) {
      HandMadeNifti nifti =
          of(version).codes(1, 1).pixdim(1, 1, 2, 2).quaternion(0, 0, 0, 20, 0, 0);
      nifti.srow(1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0);
      only(nifti, HeaderRemark.Kind.FORMS_DISAGREE, "20.00 mm", "The sform is used");
      ImageHeader header = header(nifti);
      assertEquals(Affine.of(1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0), header.grid().affine());
      assertEquals(20, header.formsDistance().orElseThrow());
      assertEquals(
          Affine.of(1, 0, 0, 20, 0, 2, 0, 0, 0, 0, 2, 0),
          header.qformGrid().orElseThrow().affine());
      assertEquals(header.grid(), header.sformGrid().orElseThrow());
      // One of them does not count.
      isSound(nifti.codes(1, 0));
      isSound(nifti.codes(0, 1));
      // Up to half of the smallest spacing, 1 mm.
      isSound(nifti.codes(1, 1).quaternion(0, 0, 0, 0.5, 0, 0));
      only(nifti.quaternion(0, 0, 0, 0.5001, 0, 0), HeaderRemark.Kind.FORMS_DISAGREE, "0.50 mm");
      // A qform that is none is not compared.
      isSound(nifti.quaternion(0.9, 0.9, 0, 20, 0, 0));
      assertTrue(header(nifti).formsDistance().isEmpty());
    }
  }

  /** Same origin, other direction: only the far corner of the long axis is apart. */
  @Test
  void formsAreComparedAtTheCorners() throws IOException {
    HandMadeNifti nifti = HandMadeNifti.plain().dim(3, 6, 1, 1).codes(1, 1).pixdim(1, 1, 1, 1);
    nifti.srow(1.125, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
    only(nifti, HeaderRemark.Kind.FORMS_DISAGREE, "0.63 mm"); // 5 steps of 0.125 mm
    isSound(nifti.dim(3, 5, 1, 1)); // 4 steps: 0.5 mm
  }

  @Test
  void shearedAxes() throws IOException {
    double sine = Math.sin(Math.toRadians(15));
    double cosine = Math.cos(Math.toRadians(15));
    HandMadeNifti nifti = HandMadeNifti.plain().codes(0, 1);
    // The third axis leans towards the second by 15 degrees.
    nifti.srow(0.5, 0, 0, 0, 0, 0.5, 3 * sine, 0, 0, 0, 3 * cosine, 0);
    only(nifti, HeaderRemark.Kind.SHEARED, "axes 2 and 3 are at 75.0 degrees", "world space");
    assertEquals(3, header(nifti).grid().spacing(2), 1e-6);
    nifti.srow(0.5, 0, 0, 0, 0, 0.5, -3 * sine, 0, 0, 0, 3 * cosine, 0);
    only(nifti, HeaderRemark.Kind.SHEARED, "105.0 degrees");
    // The same axes rotated as one keep their right angles.
    isSound(nifti.srow(0.5, 0, 0, 0, 0, 0.5 * cosine, 3 * sine, 0, 0, -0.5 * sine, 3 * cosine, 0));
    double tenth = Math.toRadians(0.1);
    isSound(nifti.srow(1, Math.sin(tenth * 0.99), 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));
    only(
        nifti.srow(1, Math.tan(tenth * 1.01), 0, 0, 0, 1, 0, 0, 0, 0, 1, 0),
        HeaderRemark.Kind.SHEARED,
        "axes 1 and 2 are at 89.9");
  }

  @Test
  void sformThatIsNoneBesideAQform() throws IOException {
    double[][] unusable = {
      new double[12],
      {1, 2, 3, 0, 2, 4, 6, 0, 0, 0, 1, 0},
      // Singular, but for the rounding of 0.7 to a float.
      {0.7, 1.4, 0, 0, 0.1, 0.2, 0, 0, 0, 0, 1, 0},
      {Double.NaN, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0},
      {1, 0, 0, Double.POSITIVE_INFINITY, 0, 1, 0, 0, 0, 0, 1, 0}
    };
    for (int version = 1; version <= 2; version++) {
      for (double[] srow : unusable) {
        HandMadeNifti nifti = of(version).dim(3, 1, 3, 2).pixdim(1, 2, 3, 4).srow(srow);
        nifti.codes(1, 1).quaternion(0, 0, 0, 5, 6, 7);
        only(nifti, HeaderRemark.Kind.SFORM_UNUSABLE, "sform_code 1", "The qform is used");
        assertEquals(Affine.of(2, 0, 0, 5, 0, 3, 0, 6, 0, 0, 4, 7), header(nifti).grid().affine());
        assertTrue(header(nifti).sformGrid().isEmpty());
        isSound(nifti.codes(1, 0));
        refused(nifti.codes(0, 1), "sform (srow_x, srow_y, srow_z) is no invertible matrix");
        // A qform that is none does not help.
        refused(nifti.codes(1, 1).quaternion(0.9, 0.9, 0), "sform");
        isSound(nifti.quaternion(0, 0, 0, 0, 0, 0).srow(2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4, 0));
      }
    }
  }

  @Test
  void negativeSpacing() throws IOException {
    for (int version = 1; version <= 2; version++) {
      HandMadeNifti nifti = of(version).pixdim(1, 2, -3, 4).quaternion(0, 0, 0, 5, 6, 7);
      only(nifti.codes(1, 0), HeaderRemark.Kind.NEGATIVE_PIXDIM, "pixdim[2] is -3.0");
      assertEquals(Affine.of(2, 0, 0, 5, 0, 3, 0, 6, 0, 0, 4, 7), header(nifti).grid().affine());
      nifti.codes(0, 0);
      assertEquals(Affine.scaling(2, 3, 4), header(nifti).grid().affine());
      assertEquals(
          List.of(HeaderRemark.Kind.NO_FORM, HeaderRemark.Kind.NEGATIVE_PIXDIM),
          header(nifti).remarks().stream().map(HeaderRemark::kind).toList());
      only(
          nifti.codes(1, 0).pixdim(-1, -2, 3, -4),
          HeaderRemark.Kind.NEGATIVE_PIXDIM,
          "pixdim[1] is -2.0, pixdim[3] is -4.0");
      // Not used, so not reported.
      isSound(nifti.codes(0, 1).srow(2, 0, 0, 5, 0, 3, 0, 6, 0, 0, 4, 7));
      isSound(nifti.codes(1, 1));
      // pixdim[0] is no spacing but qfac.
      isSound(nifti.codes(1, 0).pixdim(-1, 2, 3, 4));
      for (double none : new double[] {0, Double.NaN, Double.NEGATIVE_INFINITY}) {
        refused(nifti.pixdim(1, 2, none, 4), "pixdim[2] is " + none);
      }
    }
  }

  @Test
  void offsetWithinTheHeader() throws IOException {
    for (int version = 1; version <= 2; version++) {
      for (String ending : List.of(".nii", ".nii.gz")) {
        HandMadeNifti nifti = of(version).codes(1, 0);
        nifti.bytes.put(nifti.start() + 5, (byte) 77);
        isSound(nifti);
        for (int offset : new int[] {0, 100, nifti.start() - 4, nifti.start() - 1}) {
          only(
              nifti.offset(offset),
              HeaderRemark.Kind.LOW_VOX_OFFSET,
              "vox_offset " + offset + ",",
              "byte " + nifti.start());
          Path file = nifti.write(folder.resolve("low" + ending));
          assertEquals(77, NiftiReader.read(file).voxels()[5]);
        }
        refused(nifti.offset(-1), "vox_offset is -1");
      }
    }
    refused(HandMadeNifti.plain().offset(0.5), "vox_offset is 0.5");
  }

  @Test
  void aPairMayBeginAtZero() throws IOException {
    HandMadeNifti nifti = new HandMadeNifti(1, ByteOrder.LITTLE_ENDIAN, false, 0).codes(1, 0);
    Path file = nifti.offset(0).write(folder.resolve("p.hdr"));
    assertEquals(List.of(), NiftiReader.readHeader(file).remarks());
  }

  @Test
  void whatTheHeaderHolds() throws IOException {
    HandMadeNifti nifti = of(2).type(512, 16).dim(4, 3, 2, 1, 5).codes(3, 2).units(10);
    nifti.pixdim(-1, 1, 2, 3).quaternion(0, 0, 1, 4, 5, 6).srow(IDENTITY);
    ImageHeader header = header(nifti);
    assertEquals(VoxelType.UINT16, header.type());
    assertEquals(5, header.frames());
    assertEquals(
        new NiftiForms(
            NiftiVersion.TWO,
            List.of(4L, 3L, 2L, 1L, 5L, 1L, 1L, 1L),
            3,
            2,
            List.of(-1.0, 1.0, 2.0, 3.0),
            List.of(0.0, 0.0, 1.0),
            List.of(4.0, 5.0, 6.0),
            List.of(1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0),
            10),
        header.forms());
    NiftiForms forms = header.forms();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new NiftiForms(
                forms.version(),
                forms.dim(),
                1,
                1,
                forms.pixdim().subList(0, 3),
                forms.quaternion(),
                forms.offset(),
                forms.srow(),
                2));
  }

  @Test
  void realScansHaveNoRemark() throws IOException {
    try (Stream<Path> all = Files.walk(SharedData.at("abdomen-ct"))) {
      List<Path> files = all.filter(file -> file.toString().endsWith(".nii.gz")).toList();
      assertTrue(files.size() >= 48, files.size() + " files");
      for (Path file : files) {
        assertEquals(List.of(), NiftiReader.readHeader(file).remarks(), file.toString());
      }
    }
  }

  @Test
  void aScanWithATiltedGantry() {
    ImageHeader header = NiftiReader.readHeader(SharedData.at("readers/nifti/shear.nii.gz"));
    // Second axis (0, 0.4574921, 0.1530747), third (0, 0, 2.3708093): 90 - atan(0.15307/0.45749).
    assertTrue(
        header.remarks().stream()
            .anyMatch(
                remark ->
                    remark.kind() == HeaderRemark.Kind.SHEARED
                        && remark.text().contains("axes 2 and 3 are at 71.5 degrees")),
        header.remarks().toString());
  }
}
