package org.mskd.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes the header of a single file, little-endian, with no extensions. */
final class NiftiHeaderWriter {
  private static final int MILLIMETRES = 2;

  /** {@code NIFTI_XFORM_SCANNER_ANAT}: the world coordinates of the volume. */
  private static final int SCANNER = 1;

  /** How far from a right angle, as a cosine, axes may be for the qform to be written as well. */
  private static final double SQUARE = 1e-5;

  private NiftiHeaderWriter() {}

  /** Whether the version can represent the grid's size. */
  static boolean fits(NiftiVersion version, Grid grid) {
    return version == NiftiVersion.TWO
        || Math.max(grid.nx(), Math.max(grid.ny(), grid.nz())) <= NiftiVersion.LARGEST_SHORT;
  }

  /** Header and the four zero bytes that mean "no extensions". */
  static byte[] bytes(NiftiVersion version, Grid grid, VoxelType type) {
    byte[] bytes = new byte[version.firstVoxel()];
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0, version.headerSize());
    version.putMagic(header, true);
    version.putType(header, type);
    version.putVoxOffset(header, version.firstVoxel());
    version.putScaling(header, 1, 0);
    version.putUnits(header, MILLIMETRES);
    version.putDim(header, 0, 3);
    for (int i = 1; i <= 7; i++) {
      version.putDim(header, i, i <= 3 ? grid.extent(i - 1) : 1);
      version.putPixdim(header, i, i <= 3 ? grid.spacing(i - 1) : 1);
    }
    Affine affine = grid.affine();
    for (int i = 0; i < 12; i++) {
      version.putSrow(header, i, affine.get(i / 4, i % 4));
    }
    boolean square = isSquare(affine);
    version.putFormCodes(header, square ? SCANNER : 0, SCANNER);
    version.putPixdim(header, 0, 1);
    if (square) {
      putQform(version, header, affine);
    }
    return bytes;
  }

  private static void putQform(NiftiVersion version, ByteBuffer header, Affine affine) {
    double qfac = affine.determinant() < 0 ? -1 : 1;
    double[] rotation = new double[9];
    for (int row = 0; row < 3; row++) {
      for (int axis = 0; axis < 3; axis++) {
        double direction = affine.get(row, axis) / affine.columnLength(axis);
        rotation[row * 3 + axis] = axis == 2 ? qfac * direction : direction;
      }
      version.putQuaternion(header, 3 + row, affine.get(row, 3));
    }
    Quaternion quaternion = Quaternion.ofRotation(rotation);
    version.putPixdim(header, 0, qfac);
    version.putQuaternion(header, 0, quaternion.b());
    version.putQuaternion(header, 1, quaternion.c());
    version.putQuaternion(header, 2, quaternion.d());
  }

  /**
   * Whether rotation, flips and spacing alone make the affine, which is all that a qform can
   * represent.
   */
  private static boolean isSquare(Affine affine) {
    for (int a = 0; a < 3; a++) {
      int b = (a + 1) % 3;
      double dot = 0;
      for (int row = 0; row < 3; row++) {
        dot += affine.get(row, a) * affine.get(row, b);
      }
      if (!(Math.abs(dot) <= SQUARE * affine.columnLength(a) * affine.columnLength(b))) {
        return false;
      }
    }
    return true;
  }
}
