package org.mskd.volume;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Header bytes at the offsets of nifti1.h and nifti2.h. The offsets are written out here again, so
 * that an error in the library's own table is found.
 */
final class HandMadeNifti {
  final boolean two;
  final ByteBuffer bytes;

  /** A 3x2x1 uint8 image of 1 mm voxels with method 1, its six voxels 0. */
  HandMadeNifti(int version, ByteOrder order, boolean single, int dataBytes) {
    two = version == 2;
    int size = two ? 540 : 348;
    int start = single ? size + 4 : size;
    bytes = ByteBuffer.allocate(start + dataBytes).order(order);
    bytes.putInt(0, size);
    String magic = (single ? "n+" : "ni") + version + "\0" + (two ? "\r\n\032\n" : "");
    bytes.put(two ? 4 : 344, magic.getBytes(StandardCharsets.ISO_8859_1));
    type(2, 8);
    dim(3, 3, 2, 1, 1, 1, 1, 1);
    pixdim(1, 1, 1, 1);
    offset(single ? start : 0);
  }

  static HandMadeNifti plain() {
    return new HandMadeNifti(1, ByteOrder.LITTLE_ENDIAN, true, 6);
  }

  HandMadeNifti type(int datatype, int bitpix) {
    bytes.putShort(two ? 12 : 70, (short) datatype);
    bytes.putShort(two ? 14 : 72, (short) bitpix);
    return this;
  }

  HandMadeNifti dim(long... values) {
    for (int i = 0; i < values.length; i++) {
      if (two) {
        bytes.putLong(16 + 8 * i, values[i]);
      } else {
        bytes.putShort(40 + 2 * i, (short) values[i]);
      }
    }
    return this;
  }

  HandMadeNifti pixdim(double... values) {
    return reals(two ? 104 : 76, values);
  }

  HandMadeNifti offset(double value) {
    if (two) {
      bytes.putLong(168, (long) value);
    } else {
      bytes.putFloat(108, (float) value);
    }
    return this;
  }

  HandMadeNifti scaling(double slope, double intercept) {
    return reals(two ? 176 : 112, slope, intercept);
  }

  HandMadeNifti units(int value) {
    if (two) {
      bytes.putInt(500, value);
    } else {
      bytes.put(123, (byte) value);
    }
    return this;
  }

  HandMadeNifti codes(int qform, int sform) {
    if (two) {
      bytes.putInt(344, qform).putInt(348, sform);
    } else {
      bytes.putShort(252, (short) qform).putShort(254, (short) sform);
    }
    return this;
  }

  HandMadeNifti quaternion(double... bcdAndOffsets) {
    return reals(two ? 352 : 256, bcdAndOffsets);
  }

  HandMadeNifti srow(double... values) {
    return reals(two ? 400 : 280, values);
  }

  private HandMadeNifti reals(int at, double... values) {
    for (int i = 0; i < values.length; i++) {
      if (two) {
        bytes.putDouble(at + 8 * i, values[i]);
      } else {
        bytes.putFloat(at + 4 * i, (float) values[i]);
      }
    }
    return this;
  }

  /** Where the voxels start in a single file without extensions. */
  int start() {
    return two ? 544 : 352;
  }

  Path write(Path file) throws IOException {
    byte[] content = bytes.array();
    return Files.write(file, file.toString().endsWith(".gz") ? gzip(content) : content);
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }
}
