package org.mskd.volume;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The two NIfTI headers: where each field lies and how wide it is (nifti1.h and nifti2.h of the
 * NIfTI data format working group). Both hold the same fields; version 2 makes sizes 64-bit and
 * reals double.
 */
public enum NiftiVersion {
  ONE(348, 40, 70, 76, 108, 112, 123, 252, 256, 280, 344),
  TWO(540, 16, 12, 104, 168, 176, 500, 344, 352, 400, 4);

  /** The most voxels along an axis that version 1 can represent. */
  static final int LARGEST_SHORT = Short.MAX_VALUE;

  private final int headerSize;
  private final int dim;
  private final int datatype;
  private final int pixdim;
  private final int voxOffset;
  private final int slope;
  private final int units;
  private final int forms;
  private final int quaternion;
  private final int srow;
  private final int magic;

  NiftiVersion(
      int headerSize,
      int dim,
      int datatype,
      int pixdim,
      int voxOffset,
      int slope,
      int units,
      int forms,
      int quaternion,
      int srow,
      int magic) {
    this.headerSize = headerSize;
    this.dim = dim;
    this.datatype = datatype;
    this.pixdim = pixdim;
    this.voxOffset = voxOffset;
    this.slope = slope;
    this.units = units;
    this.forms = forms;
    this.quaternion = quaternion;
    this.srow = srow;
    this.magic = magic;
  }

  /** Bytes of the header, which is also its first field. */
  int headerSize() {
    return headerSize;
  }

  /** First byte that voxels can have in a single file: header and four bytes of extension flags. */
  int firstVoxel() {
    return headerSize + 4;
  }

  /** What {@code magic} holds in a single file ({@code .nii}) or in a pair's header. */
  String magic(boolean single) {
    return switch (this) {
      case ONE -> single ? "n+1\0" : "ni1\0";
      case TWO -> single ? "n+2\0\r\n\032\n" : "ni2\0\r\n\032\n";
    };
  }

  String magic(ByteBuffer header) {
    byte[] bytes = new byte[this == ONE ? 4 : 8];
    header.get(magic, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  void putMagic(ByteBuffer header, boolean single) {
    header.put(magic, magic(single).getBytes(StandardCharsets.ISO_8859_1));
  }

  long dim(ByteBuffer header, int i) {
    return this == ONE ? header.getShort(dim + 2 * i) : header.getLong(dim + 8 * i);
  }

  void putDim(ByteBuffer header, int i, long value) {
    if (this == ONE) {
      header.putShort(dim + 2 * i, (short) value);
    } else {
      header.putLong(dim + 8 * i, value);
    }
  }

  int datatype(ByteBuffer header) {
    return header.getShort(datatype);
  }

  /** Sets {@code datatype} and {@code bitpix}, which follows it. */
  void putType(ByteBuffer header, VoxelType type) {
    header.putShort(datatype, (short) type.code());
    header.putShort(datatype + 2, (short) (8 * type.bytes()));
  }

  double pixdim(ByteBuffer header, int i) {
    return real(header, pixdim, i);
  }

  void putPixdim(ByteBuffer header, int i, double value) {
    putReal(header, pixdim, i, value);
  }

  /** Version 1 stores it as a float, so it need not be a whole number. */
  double voxOffset(ByteBuffer header) {
    return this == ONE ? header.getFloat(voxOffset) : header.getLong(voxOffset);
  }

  void putVoxOffset(ByteBuffer header, int value) {
    if (this == ONE) {
      header.putFloat(voxOffset, value);
    } else {
      header.putLong(voxOffset, value);
    }
  }

  double slope(ByteBuffer header) {
    return real(header, slope, 0);
  }

  double intercept(ByteBuffer header) {
    return real(header, slope, 1);
  }

  void putScaling(ByteBuffer header, double factor, double intercept) {
    putReal(header, slope, 0, factor);
    putReal(header, slope, 1, intercept);
  }

  int units(ByteBuffer header) {
    return this == ONE ? header.get(units) : header.getInt(units);
  }

  void putUnits(ByteBuffer header, int value) {
    if (this == ONE) {
      header.put(units, (byte) value);
    } else {
      header.putInt(units, value);
    }
  }

  int qformCode(ByteBuffer header) {
    return this == ONE ? header.getShort(forms) : header.getInt(forms);
  }

  int sformCode(ByteBuffer header) {
    return this == ONE ? header.getShort(forms + 2) : header.getInt(forms + 4);
  }

  void putFormCodes(ByteBuffer header, int qform, int sform) {
    if (this == ONE) {
      header.putShort(forms, (short) qform).putShort(forms + 2, (short) sform);
    } else {
      header.putInt(forms, qform).putInt(forms + 4, sform);
    }
  }

  /** 0 to 2: {@code quatern_b, c, d}; 3 to 5: {@code qoffset_x, y, z}. */
  double quaternion(ByteBuffer header, int i) {
    return real(header, quaternion, i);
  }

  void putQuaternion(ByteBuffer header, int i, double value) {
    putReal(header, quaternion, i, value);
  }

  /** Number {@code i} of {@code srow_x, srow_y, srow_z}, four each. */
  double srow(ByteBuffer header, int i) {
    return real(header, srow, i);
  }

  void putSrow(ByteBuffer header, int i, double value) {
    putReal(header, srow, i, value);
  }

  private double real(ByteBuffer header, int at, int i) {
    return this == ONE ? header.getFloat(at + 4 * i) : header.getDouble(at + 8 * i);
  }

  private void putReal(ByteBuffer header, int at, int i, double value) {
    if (this == ONE) {
      header.putFloat(at + 4 * i, (float) value);
    } else {
      header.putDouble(at + 8 * i, value);
    }
  }
}
