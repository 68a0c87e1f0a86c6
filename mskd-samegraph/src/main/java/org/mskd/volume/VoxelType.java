package org.mskd.volume;

import java.util.Arrays;
import java.util.Optional;

/** How a NIfTI file stores one voxel: the integer and real types of its {@code datatype} field. */
public enum VoxelType {
  UINT8(2, 1, 0, 0x1p8),
  INT16(4, 2, -0x1p15, 0x1p15),
  INT32(8, 4, -0x1p31, 0x1p31),
  FLOAT32(16, 4),
  FLOAT64(64, 8),
  INT8(256, 1, -0x1p7, 0x1p7),
  UINT16(512, 2, 0, 0x1p16),
  UINT32(768, 4, 0, 0x1p32),
  INT64(1024, 8, -0x1p63, 0x1p63),
  UINT64(1280, 8, 0, 0x1p64);

  private final int code;
  private final int bytes;
  private final boolean integer;
  private final double lowest;
  private final double beyond;

  VoxelType(int code, int bytes) {
    this(code, bytes, false, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  VoxelType(int code, int bytes, double lowest, double beyond) {
    this(code, bytes, true, lowest, beyond);
  }

  VoxelType(int code, int bytes, boolean integer, double lowest, double beyond) {
    this.code = code;
    this.bytes = bytes;
    this.integer = integer;
    this.lowest = lowest;
    this.beyond = beyond;
  }

  /** The type of a {@code datatype} code; empty for colour, complex, bit and 128-bit types. */
  public static Optional<VoxelType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /** The {@code datatype} code (NIfTI-1, "DATA TYPE"). */
  public int code() {
    return code;
  }

  /** Bytes of one voxel. */
  public int bytes() {
    return bytes;
  }

  /** Whether {@code value} can be stored without changing it; real types hold every float. */
  public boolean holds(float value) {
    return !integer || (value == Math.rint(value) && value >= lowest && value < beyond);
  }
}
