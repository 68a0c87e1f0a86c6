package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NiftiAffineTest {
  @TempDir Path folder;

  private void isRead(HandMadeNifti nifti, double... rows) throws IOException {
    Affine affine = NiftiReader.readGrid(nifti.write(folder.resolve("a.nii"))).affine();
    for (int i = 0; i < 12; i++) {
      // The largest rounding of a float here; NIfTI-2's doubles pass it all the more.
      assertEquals(rows[i], affine.get(i / 4, i % 4), 2e-5, affine + " at " + i);
    }
  }

  private static HandMadeNifti of(int version) {
    return new HandMadeNifti(version, ByteOrder.BIG_ENDIAN, true, 6);
  }

  @Test
  void sformBeatsQformBeatsPixdim() throws IOException {
    for (int version = 1; version <= 2; version++) {
      HandMadeNifti nifti = of(version).pixdim(1, 2, 3, 4);
      nifti.quaternion(0, 0, 0, 10, 20, 30).srow(0, 0, 5, 1, 6, 0, 0, 2, 0, 7, 0, 3);
      isRead(nifti.codes(1, 1), 0, 0, 5, 1, 6, 0, 0, 2, 0, 7, 0, 3);
      isRead(nifti.codes(0, 4), 0, 0, 5, 1, 6, 0, 0, 2, 0, 7, 0, 3);
      isRead(nifti.codes(1, 0), 2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 4, 30);
      isRead(nifti.codes(2, -1), 2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 4, 30);
      isRead(nifti.codes(0, 0), 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4, 0);
    }
  }

  @Test
  void quarterTurns() throws IOException {
    double r = Math.sqrt(0.5); // sine and cosine of half of 90 degrees
    for (int version = 1; version <= 2; version++) {
      HandMadeNifti nifti = of(version).codes(1, 0).pixdim(1, 2, 3, 4);
      // About x: y turns to z, z to -y.
      isRead(nifti.quaternion(r, 0, 0, 7, 8, 9), 2, 0, 0, 7, 0, 0, -4, 8, 0, 3, 0, 9);
      // About y: z turns to x, x to -z.
      isRead(nifti.quaternion(0, r, 0, 7, 8, 9), 0, 0, 4, 7, 0, 3, 0, 8, -2, 0, 0, 9);
      // About z: x turns to y, y to -x.
      isRead(nifti.quaternion(0, 0, r, 7, 8, 9), 0, -3, 0, 7, 2, 0, 0, 8, 0, 0, 4, 9);
    }
  }

  @Test
  void halfTurnsAndQfac() throws IOException {
    HandMadeNifti nifti = of(1).codes(1, 0).quaternion(0, 1, 0, 0, 0, 0);
    isRead(nifti.pixdim(1, 2, 3, 4), -2, 0, 0, 0, 0, 3, 0, 0, 0, 0, -4, 0);
    isRead(nifti.pixdim(-1, 2, 3, 4), -2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4, 0);
    // Anything but a negative first pixdim means 1.
    isRead(nifti.pixdim(0, 2, 3, 4), -2, 0, 0, 0, 0, 3, 0, 0, 0, 0, -4, 0);
    // A thousandth of rounding too long: still a half turn, about x and y together.
    double r = Math.sqrt(0.5) * 1.0003;
    isRead(nifti.quaternion(r, r, 0).pixdim(1, 2, 3, 4), 0, 3, 0, 0, 2, 0, 0, 0, 0, 0, -4, 0);
  }

  @Test
  void thirdOfATurnAboutTheDiagonal() throws IOException {
    // a = b = c = d = 1/2: x to y, y to z, z to x.
    HandMadeNifti nifti = of(2).codes(1, 0).quaternion(0.5, 0.5, 0.5, 1, 2, 3);
    isRead(nifti.pixdim(1, 2, 3, 4), 0, 0, 4, 1, 2, 0, 0, 2, 0, 3, 0, 3);
    isRead(nifti.pixdim(-1, 2, 3, 4), 0, 0, -4, 1, 2, 0, 0, 2, 0, 3, 0, 3);
  }

  @Test
  void thirtyDegreesAboutX() throws IOException {
    // sin 15 degrees = (sqrt 6 - sqrt 2) / 4; the matrix has cos 30 = sqrt 3 / 2 and sin 30 = 1/2.
    double half = (Math.sqrt(6) - Math.sqrt(2)) / 4;
    double cosine = Math.sqrt(3) / 2;
    isRead(
        of(1).codes(1, 0).quaternion(half, 0, 0).pixdim(1, 1, 2, 2),
        1,
        0,
        0,
        0,
        0,
        2 * cosine,
        -1,
        0,
        0,
        1,
        2 * cosine,
        0);
  }

  @Test
  void unitsBecomeMillimetres() throws IOException {
    for (int version = 1; version <= 2; version++) {
      HandMadeNifti nifti = of(version).pixdim(1, 2, 2, 2).quaternion(0, 0, 0, 3, 0, -3);
      nifti.srow(2, 0, 0, 5, 0, 2, 0, 0, 0, 0, 2, -5);
      for (int method = 0; method < 3; method++) {
        nifti.codes(method == 1 ? 1 : 0, method == 2 ? 1 : 0);
        double at = method == 1 ? 3 : method == 2 ? 5 : 0;
        for (int unit = 0; unit < 4; unit++) {
          double mm = unit == 1 ? 1000 : unit == 3 ? 0.001 : 1;
          double step = 2 * mm;
          // 8 is seconds: the unit of time shares the field.
          nifti.units(unit + 8);
          Affine affine = NiftiReader.readGrid(nifti.write(folder.resolve("a.nii"))).affine();
          assertEquals(step, affine.get(0, 0), 1e-9 * step);
          assertEquals(step, affine.get(2, 2), 1e-9 * step);
          assertEquals(at * mm, affine.get(0, 3), 1e-9 * step);
          assertEquals(-at * mm, affine.get(2, 3), 1e-9 * step);
        }
      }
    }
  }

  @Test
  void singleSliceMayLeaveItsNormalOut() throws IOException {
    HandMadeNifti nifti = of(1).pixdim(1, 2, 2, 0).units(1);
    isRead(nifti, 2000, 0, 0, 0, 0, 2000, 0, 0, 0, 0, 1, 0);
    isRead(nifti.codes(1, 0), 2000, 0, 0, 0, 0, 2000, 0, 0, 0, 0, 1, 0);
    nifti.codes(0, 1).units(2).srow(0, 2, 0, 5, 3, 0, 0, 6, 0, 0, 0, 7);
    // Columns (0,3,0) and (2,0,0): their cross product points to the feet.
    isRead(nifti, 0, 2, 0, 5, 3, 0, 0, 6, 0, 0, -1, 7);
  }
}
