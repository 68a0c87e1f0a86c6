package org.mskd.volume;

import java.nio.ByteBuffer;

/** Turns stored voxels into numbers and back. Buffers carry the file's byte order. */
final class VoxelCodec {
  private VoxelCodec() {}

  /** Reads {@code count} voxels from the start of {@code in}. */
  static void decode(VoxelType type, ByteBuffer in, double[] out, int count) {
    switch (type) {
      case UINT8 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.get(i) & 0xff;
        }
      }
      case INT8 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.get(i);
        }
      }
      case UINT16 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getShort(2 * i) & 0xffff;
        }
      }
      case INT16 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getShort(2 * i);
        }
      }
      case UINT32 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getInt(4 * i) & 0xffffffffL;
        }
      }
      case INT32 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getInt(4 * i);
        }
      }
      case UINT64 -> {
        for (int i = 0; i < count; i++) {
          out[i] = unsigned(in.getLong(8 * i));
        }
      }
      case INT64 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getLong(8 * i);
        }
      }
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getFloat(4 * i);
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getDouble(8 * i);
        }
      }
    }
  }

  /** Writes {@code count} voxels from the start of {@code voxels} to the start of {@code out}. */
  static void encode(VoxelType type, float[] voxels, int count, ByteBuffer out) {
    for (int i = 0; i < count; i++) {
      float voxel = voxels[i];
      switch (type) {
        case UINT8, INT8 -> out.put(i, (byte) (int) voxel);
        case UINT16, INT16 -> out.putShort(2 * i, (short) (int) voxel);
        case UINT32, INT32 -> out.putInt(4 * i, (int) (long) voxel);
        case INT64 -> out.putLong(8 * i, (long) voxel);
        // A float of 2^63 or more is even, so its half is exact and fits a signed long.
        case UINT64 -> out.putLong(8 * i, voxel < 0x1p63f ? (long) voxel : (long) (voxel / 2) << 1);
        case FLOAT32 -> out.putFloat(4 * i, voxel);
        case FLOAT64 -> out.putDouble(8 * i, voxel);
      }
    }
  }

  /** Halved with the lost bit kept sticky, so that the one rounding to double is the right one. */
  private static double unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }
}
