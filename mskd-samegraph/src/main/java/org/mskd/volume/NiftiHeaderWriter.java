package org.mskd.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Makes the header of a single file, little-endian, with no extensions. */
final class NiftiHeaderWriter {
  private static final int MILLIMETRES = 2;

  /** {@code NIFTI_XFORM_SCANNER_ANAT}: the world coordinates of the volume. */
  private static final int SCANNER = 1;

  private NiftiHeaderWriter() {}

  /** Whether the version can represent the grid's size. */
  static boolean fits(NiftiVersion version, Grid grid) {
    return version == NiftiVersion.TWO
        || Math.max(grid.nx(), Math.max(grid.ny(), grid.nz())) <= NiftiVersion.LARGEST_SHORT;
  }

  /**
   * Header and the four zero bytes that mean "no extensions".
   *
   * @param forms where the voxels lie, stored as they are; the size of one volume
   * @param slope {@code scl_slope}
   */
  static byte[] bytes(NiftiForms forms, VoxelType type, double slope) {
    NiftiVersion version = forms.version();
    byte[] bytes = new byte[version.firstVoxel()];
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0, version.headerSize());
    version.putMagic(header, true);
    version.putType(header, type);
    version.putVoxOffset(header, version.firstVoxel());
    version.putScaling(header, slope, 0);
    for (int i = 4; i <= 7; i++) {
      version.putPixdim(header, i, 1);
    }
    forms.put(header);
    return bytes;
  }

  /** The sform of a grid, and the qform where there is one. */
  static NiftiForms forms(NiftiVersion version, Grid grid) {
    Affine affine = grid.affine();
    boolean square = affine.hasRightAngles();
    double qfac = square && affine.determinant() < 0 ? -1 : 1;
    Quaternion rotation = square ? rotation(affine, qfac) : new Quaternion(1, 0, 0, 0);
    List<Double> srow = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      srow.add(affine.get(i / 4, i % 4));
    }
    return new NiftiForms(
        version,
        List.of(3L, (long) grid.nx(), (long) grid.ny(), (long) grid.nz(), 1L, 1L, 1L, 1L),
        square ? SCANNER : 0,
        SCANNER,
        List.of(qfac, grid.spacing(0), grid.spacing(1), grid.spacing(2)),
        List.of(rotation.b(), rotation.c(), rotation.d()),
        square ? List.of(srow.get(3), srow.get(7), srow.get(11)) : List.of(0.0, 0.0, 0.0),
        srow,
        MILLIMETRES);
  }

  private static Quaternion rotation(Affine affine, double qfac) {
    double[] rotation = new double[9];
    for (int row = 0; row < 3; row++) {
      for (int axis = 0; axis < 3; axis++) {
        double direction = affine.get(row, axis) / affine.columnLength(axis);
        rotation[row * 3 + axis] = axis == 2 ? qfac * direction : direction;
      }
    }
    return Quaternion.ofRotation(rotation);
  }
}
