package org.mskd.targets;

import java.nio.ByteOrder;
import java.nio.file.Path;
import org.mskd.problem.BadInputException;

/** The numbers of the package's file format. */
final class TargetFormat {
  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /** "MSKDTGT" and a line feed, which a transfer in text mode would break. */
  static final long MAGIC = 0x0A544754444B534DL;

  static final int VERSION = 2;
  static final int PREFIX = 16;
  static final int ENTRY = 16;
  static final int TRAILER = 8;
  static final int ALIGNMENT = 8;

  /** Much more than a layout and a digest need, bytes. */
  static final int MOST_HEADER = 1 << 16;

  private static final float STEPS = 1024;

  private TargetFormat() {}

  /** The length with padding, bytes. */
  static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  static short logProbability(float value) {
    return (short) Math.min(0xFFFF, Math.round(-value * STEPS));
  }

  static float logProbability(short stored) {
    return (stored & 0xFFFF) / -STEPS;
  }

  static BadInputException damaged(Path file, String what) {
    return new BadInputException(
        file + " cannot be used: " + what + ".", "Delete it and run the same goal again.");
  }
}
