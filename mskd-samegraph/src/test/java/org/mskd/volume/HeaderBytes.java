package org.mskd.volume;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads headers without the library, at the offsets of nifti1.h and nifti2.h, so that two files can
 * be compared field by field.
 */
public final class HeaderBytes {
  final boolean two;
  final ByteBuffer bytes;

  private HeaderBytes(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    int size = bytes.getInt(0);
    if (size != 348 && size != 540) {
      bytes.order(ByteOrder.BIG_ENDIAN);
    }
    this.two = bytes.getInt(0) == 540;
  }

  public static HeaderBytes of(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    if (content[0] == 0x1f && content[1] == (byte) 0x8b) {
      content = new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes();
    }
    return new HeaderBytes(ByteBuffer.wrap(content));
  }

  /** dim, pixdim[0..3], codes, quatern, qoffset, srow and units, each with its name. */
  public List<String> placement() {
    List<String> fields = new ArrayList<>();
    fields.add("sizeof_hdr " + bytes.getInt(0));
    for (int i = 0; i < 8; i++) {
      fields.add("dim " + i + " " + (two ? bytes.getLong(16 + 8 * i) : bytes.getShort(40 + 2 * i)));
    }
    reals(fields, "pixdim", two ? 104 : 76, 4);
    fields.add("qform_code " + (two ? bytes.getInt(344) : bytes.getShort(252)));
    fields.add("sform_code " + (two ? bytes.getInt(348) : bytes.getShort(254)));
    reals(fields, "quatern", two ? 352 : 256, 3);
    reals(fields, "qoffset", two ? 376 : 268, 3);
    reals(fields, "srow", two ? 400 : 280, 12);
    fields.add("xyzt_units " + (two ? bytes.getInt(500) : bytes.get(123)));
    return fields;
  }

  private void reals(List<String> fields, String name, int at, int count) {
    for (int i = 0; i < count; i++) {
      fields.add(name + " " + i + " " + real(at, i));
    }
  }

  private double real(int at, int i) {
    return two ? bytes.getDouble(at + 8 * i) : bytes.getFloat(at + 4 * i);
  }

  public int datatype() {
    return bytes.getShort(two ? 12 : 70);
  }

  public double slope() {
    return real(two ? 176 : 112, 0);
  }

  double intercept() {
    return real(two ? 176 : 112, 1);
  }

  /** The whole number in vox_offset. */
  public int voxOffset() {
    return two ? (int) bytes.getLong(168) : (int) bytes.getFloat(108);
  }

  /** The unsigned voxel at position {@code i} of a file of bytes. */
  public int voxel(int i) {
    return bytes.get(voxOffset() + i) & 0xff;
  }
}
