package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.ImageHeader;
import org.mskd.volume.NiftiForms;
import org.mskd.volume.NiftiVersion;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

class ScanChecksTest {
  private static final Subject SUBJECT = new Subject("a", Path.of("i", "a.nii"), Path.of("l", "a"));

  @Test
  void nanIsCountedAndPlaced() {
    Volume volume = new Volume(new Grid(3, 4, 2, Affine.scaling(1, 1, 1)), new float[24]);
    assertDoesNotThrow(() -> ScanChecks.finite(Path.of("a.nii"), volume));
    volume.voxels()[volume.grid().index(2, 1, 1)] = Float.NaN;
    volume.voxels()[volume.grid().index(1, 3, 1)] = Float.NEGATIVE_INFINITY;
    BadInputException e =
        assertThrows(BadInputException.class, () -> ScanChecks.finite(Path.of("a.nii"), volume));
    assertEquals(
        "a.nii has 2 voxels that are NaN or infinite, the first at index (2, 1, 1).", e.problem());
  }

  /** A header of both forms, in mm, with axes along the world's. */
  private static ImageHeader header(
      int nz, double spacing, int qformCode, double qformX, int sformCode, double sformX) {
    NiftiForms forms =
        new NiftiForms(
            NiftiVersion.ONE,
            List.of(3L, 10L, 10L, (long) nz, 1L, 1L, 1L, 1L),
            qformCode,
            sformCode,
            List.of(1.0, 0.8, 0.8, spacing),
            List.of(0.0, 0.0, 0.0),
            List.of(qformX, 0.0, 0.0),
            List.of(0.8, 0.0, 0.0, sformX, 0.0, 0.8, 0.0, 0.0, 0.0, 0.0, spacing, 0.0),
            2);
    Affine used = forms.sform().or(forms::qform).orElseThrow();
    return new ImageHeader(new Grid(10, 10, nz, used), VoxelType.INT16, 1, forms, List.of());
  }

  private static ImageHeader sound(int nz, double spacing) {
    return header(nz, spacing, 1, 0, 1, 0);
  }

  private static BadInputException refused(ImageHeader image, ImageHeader label) {
    return assertThrows(BadInputException.class, () -> ScanChecks.sameGrid(SUBJECT, image, label));
  }

  @Test
  void gridsMayDifferByRoundingOnly() {
    ImageHeader image = sound(5, 3);
    assertDoesNotThrow(() -> ScanChecks.sameGrid(SUBJECT, image, sound(5, 3.0001)));
    BadInputException e = refused(image, sound(5, 2.5));
    assertTrue(e.problem().contains(SUBJECT.image().toString()), e.problem());
    assertTrue(e.problem().contains("10x10x5 voxels of 0.800 x 0.800 x 3.000 mm"), e.problem());
    assertTrue(e.problem().contains("0.800 x 0.800 x 2.500 mm"), e.problem());
    assertTrue(e.problem().endsWith("(right, front, head)."), e.problem());
    assertEquals("Resample the label onto the image's grid, or correct its header.", e.remedy());
    refused(image, sound(4, 3));
  }

  @Test
  void theLabelLiesInTheQformOfTheImage() {
    ImageHeader image = header(5, 3, 1, 20, 1, 0);
    for (ImageHeader label :
        List.of(header(5, 3, 1, 20, 1, 20), header(5, 3, 1, 20, 0, 7), header(5, 3, 0, 7, 1, 20))) {
      BadInputException e = refused(image, label);
      assertTrue(
          e.problem()
              .endsWith(
                  " The qform and the sform of i/a.nii are up to 20.00 mm apart. Its sform is"
                      + " used, but l/a fits its qform."),
          e.problem());
      assertEquals(
          "If the qform is right, set sform_code of i/a.nii to 0, or, where label and image voxels"
              + " correspond one to one, set <labelGrid=image>.",
          e.remedy());
    }
    // In the sform there is nothing to explain.
    assertDoesNotThrow(() -> ScanChecks.sameGrid(SUBJECT, image, sound(5, 3)));
  }

  @Test
  void theImageLiesInTheQformOfTheLabel() {
    BadInputException e = refused(sound(5, 3), header(5, 3, 1, 0, 1, -15));
    assertTrue(
        e.problem()
            .endsWith(
                " The qform and the sform of l/a are up to 15.00 mm apart. Its sform is used, but"
                    + " i/a.nii fits its qform."),
        e.problem());
    assertTrue(e.remedy().startsWith("If the qform is right, set sform_code of l/a to 0"));
  }

  @Test
  void bothHaveAnotherSformAndTheSameQform() {
    BadInputException e = refused(header(5, 3, 1, 0, 1, 20), header(5, 3, 1, 0, 1, -15));
    assertTrue(e.problem().contains("l/a fits its qform"), e.problem());
    assertTrue(e.problem().contains("i/a.nii fits its qform"), e.problem());
  }

  @Test
  void theLabelFitsNeitherForm() {
    ImageHeader image = header(5, 3, 1, 20, 1, 0);
    BadInputException e = refused(image, header(5, 3, 1, 40, 1, 40));
    assertTrue(e.problem().endsWith("Its sform is used, and l/a fits neither."), e.problem());
    assertTrue(e.remedy().startsWith("Correct the headers"), e.remedy());
    assertTrue(e.remedy().endsWith("set <labelGrid=image>."), e.remedy());
    // Of other sizes no voxel corresponds.
    BadInputException shorter = refused(image, sound(4, 3));
    assertFalse(shorter.remedy().contains("labelGrid"), shorter.remedy());
    // A form without a code is none.
    BadInputException one = refused(header(5, 3, 0, 20, 1, 0), header(5, 3, 1, 40, 1, 40));
    assertTrue(one.problem().endsWith("(right, front, head)."), one.problem());
  }

  @Test
  void digestIsOfValuesAndShape() {
    float[] voxels = {0, 1, 2, 3, 4, 5};
    Affine one = Affine.scaling(1, 1, 1);
    String digest = VoxelDigest.of(new Volume(new Grid(3, 2, 1, one), voxels));
    float[] negativeZero = voxels.clone();
    negativeZero[0] = -0f;
    Affine two = Affine.scaling(2, 2, 2);
    assertEquals(digest, VoxelDigest.of(new Volume(new Grid(3, 2, 1, two), negativeZero)));
    assertNotEquals(digest, VoxelDigest.of(new Volume(new Grid(2, 3, 1, one), voxels)));
    float[] changed = voxels.clone();
    changed[5] = Math.nextUp(5f);
    assertNotEquals(digest, VoxelDigest.of(new Volume(new Grid(3, 2, 1, one), changed)));
    // sha256 of the int32s 1, 1, 1 and the float32 1.0, big-endian, by coreutils.
    assertEquals(
        "cb1dc12589ba9211d03f52d0e573d711c5d06f4c6cd585d9c69d5aeed772d650",
        VoxelDigest.of(new Volume(new Grid(1, 1, 1, one), new float[] {1})));
  }
}
