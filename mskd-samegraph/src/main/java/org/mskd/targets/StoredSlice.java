package org.mskd.targets;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/** One slice of a store. Safe for many threads. */
final class StoredSlice {
  private final TargetLayout layout;
  private final ByteBuffer block;
  private final StoredPositions[][] positions;
  private final ShortBuffer margins;

  /** Where each level's and teacher's rows begin, bytes. */
  private final long[][] rowsAt;

  /**
   * @param block its bytes, from position 0, in the format's order
   * @throws java.nio.BufferUnderflowException if it ends within its positions or margins
   */
  StoredSlice(TargetLayout layout, ByteBuffer block) {
    this.layout = layout;
    this.block = block;
    ByteBuffer in = block.duplicate().order(TargetFormat.ORDER);
    int levels = layout.levels().size();
    positions = new StoredPositions[levels][layout.organs()];
    for (int i = 0; i < levels; i++) {
      for (int k = 0; k < layout.organs(); k++) {
        positions[i][k] =
            layout.masked()
                ? StoredPositions.read(layout.side(i), in)
                : StoredPositions.all(layout.side(i));
      }
    }
    margins = in.asShortBuffer();
    rowsAt = new long[levels][layout.organs()];
    long at = in.position() + (long) layout.margins() * Short.BYTES;
    for (int i = 0; i < levels; i++) {
      for (int k = 0; k < layout.organs(); k++) {
        rowsAt[i][k] = at;
        at += (long) positions[i][k].count() * layout.channels(i) * Short.BYTES;
      }
    }
  }

  /** The length of a block with rows at these positions, {@code [level][teacher]}. */
  static long length(TargetLayout layout, StoredPositions[][] positions) {
    long bytes = (long) layout.margins() * Short.BYTES;
    for (int i = 0; i < positions.length; i++) {
      for (StoredPositions teacher : positions[i]) {
        bytes += (long) teacher.count() * layout.channels(i) * Short.BYTES;
        bytes += layout.masked() ? (long) StoredPositions.words(layout.side(i)) * Long.BYTES : 0;
      }
    }
    return TargetFormat.aligned(bytes);
  }

  /** What its block must take. */
  long length() {
    return length(layout, positions);
  }

  /**
   * Reads the margins.
   *
   * @param out {@code [size][size][K]} flattened
   * @param scratch at least as long
   */
  void margins(float[] out, short[] scratch) {
    int count = layout.margins();
    margins.get(0, scratch, 0, count);
    for (int i = 0; i < count; i++) {
      out[i] = TargetFormat.margin(scratch[i]);
    }
  }

  /** Which positions have a row. */
  StoredPositions positions(int level, int teacher) {
    return positions[level][teacher];
  }

  /**
   * Reads a row.
   *
   * @param level its number among the layout's
   * @param row from 0
   * @param out gets log-probabilities from {@code at} on
   * @param scratch at least C long
   */
  void row(int level, int teacher, int row, float[] out, int at, short[] scratch) {
    int channels = layout.channels(level);
    int from = (int) (rowsAt[level][teacher] + (long) row * channels * Short.BYTES);
    block
        .slice(from, channels * Short.BYTES)
        .order(TargetFormat.ORDER)
        .asShortBuffer()
        .get(scratch, 0, channels);
    for (int c = 0; c < channels; c++) {
      out[at + c] = TargetFormat.logProbability(scratch[c]);
    }
  }
}
