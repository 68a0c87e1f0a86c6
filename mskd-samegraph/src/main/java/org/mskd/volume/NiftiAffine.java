package org.mskd.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The affine of a NIfTI header, in mm: sform if its code is positive, else qform if its code is,
 * else the spacing alone (NIfTI-1, "3D IMAGE (VOLUME) ORIENTATION AND LOCATION IN SPACE", methods
 * 3, 2, 1).
 */
final class NiftiAffine {
  private final NiftiVersion version;
  private final ByteBuffer header;

  private NiftiAffine(NiftiVersion version, ByteBuffer header) {
    this.version = version;
    this.header = header;
  }

  /**
   * Reads it.
   *
   * @param slices voxels along the third axis: a single slice may leave that axis out
   * @throws IllegalArgumentException naming the fields that make no affine
   */
  static Affine of(NiftiVersion version, ByteBuffer header, long slices) {
    NiftiAffine fields = new NiftiAffine(version, header);
    double[] rows;
    String name;
    if (version.sformCode(header) > 0) {
      rows = fields.sform(slices);
      name = "sform (srow_x, srow_y, srow_z)";
    } else if (version.qformCode(header) > 0) {
      rows = fields.qform(slices);
      name = "qform (quatern, qoffset, pixdim)";
    } else {
      rows = fields.spacing(slices);
      name = "pixdim";
    }
    double unit = fields.millimetres();
    for (int i = 0; i < rows.length; i++) {
      rows[i] *= unit;
    }
    try {
      return Affine.of(rows);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + " is no invertible matrix of finite numbers: " + Arrays.toString(rows), e);
    }
  }

  private double[] sform(long slices) {
    double[] rows = new double[12];
    for (int i = 0; i < 12; i++) {
      rows[i] = version.srow(header, i);
    }
    if (slices == 1 && rows[2] == 0 && rows[6] == 0 && rows[10] == 0) {
      double[] normal = {
        rows[4] * rows[9] - rows[8] * rows[5],
        rows[8] * rows[1] - rows[0] * rows[9],
        rows[0] * rows[5] - rows[4] * rows[1]
      };
      double length = Math.hypot(Math.hypot(normal[0], normal[1]), normal[2]);
      for (int row = 0; row < 3 && length > 0; row++) {
        rows[row * 4 + 2] = normal[row] / length / millimetres();
      }
    }
    return rows;
  }

  private double[] qform(long slices) {
    double[] rotation =
        Quaternion.of(
                version.quaternion(header, 0),
                version.quaternion(header, 1),
                version.quaternion(header, 2))
            .rotation();
    double qfac = version.pixdim(header, 0) < 0 ? -1 : 1;
    double[] rows = new double[12];
    for (int row = 0; row < 3; row++) {
      for (int axis = 0; axis < 3; axis++) {
        double step = pixdim(axis, slices) * (axis == 2 ? qfac : 1);
        rows[row * 4 + axis] = rotation[row * 3 + axis] * step;
      }
      rows[row * 4 + 3] = version.quaternion(header, 3 + row);
    }
    return rows;
  }

  private double[] spacing(long slices) {
    double[] rows = new double[12];
    for (int axis = 0; axis < 3; axis++) {
      rows[row(axis)] = pixdim(axis, slices);
    }
    return rows;
  }

  private static int row(int axis) {
    return axis * 4 + axis;
  }

  private double pixdim(int axis, long slices) {
    double step = version.pixdim(header, axis + 1);
    if (axis == 2 && slices == 1 && step == 0) {
      return 1 / millimetres();
    }
    if (!(step > 0) || Double.isInfinite(step)) {
      throw new IllegalArgumentException("pixdim[" + (axis + 1) + "] is " + step);
    }
    return step;
  }

  /** Millimetres in the header's unit of length; without a unit, the millimetre. */
  private double millimetres() {
    return switch (version.units(header) & 7) {
      case 1 -> 1e3;
      case 3 -> 1e-3;
      default -> 1;
    };
  }
}
