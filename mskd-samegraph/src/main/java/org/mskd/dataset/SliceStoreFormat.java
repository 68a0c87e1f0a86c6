package org.mskd.dataset;

import java.nio.ByteOrder;
import java.nio.file.Path;
import org.mskd.problem.BadInputException;

/**
 * The bytes of a slice store, little-endian: magic (8), version (int32), length n of the header
 * (int32), header (n bytes of JSON in UTF-8, blank-padded so that pixels are aligned), image slices
 * (uint16, 0 is -1 and 65535 is 1), label slices (uint8) where the header has them, CRC-32C of all
 * before it (uint32).
 */
final class SliceStoreFormat {
  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /** "MSKDSLC" and a line feed, which a transfer in text mode would break. */
  static final long MAGIC = 0x0A434C53444B534DL;

  static final int VERSION = 2;
  static final int PREFIX = 16;
  static final int TRAILER = 4;
  static final int ALIGNMENT = 8;

  /** Many times what the longest scan's header takes. */
  static final int MOST_HEADER = 1 << 24;

  /** Half the number of steps; exact in float, so that -1 and 1 are read as they were written. */
  private static final float STEPS = 32767.5f;

  private SliceStoreFormat() {}

  static short quantise(float value) {
    return (short) Math.round((Math.max(-1, Math.min(1, value)) + 1) * STEPS);
  }

  static float dequantise(short stored) {
    return (stored & 0xFFFF) / STEPS - 1;
  }

  static BadInputException damaged(Path file, String what) {
    return new BadInputException(
        file + " cannot be used: " + what + ".", "Delete it and run mskd:prepare again.");
  }
}
