package org.mskd.targets;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import org.mskd.dataset.PaddedSlice;

/** One slice of a store. Thread-safe. */
final class StoredSlice {
  private final TargetLayout layout;
  private final StoredPositions[][] positions;
  private final ShortBuffer shorts;

  /** Where the margins begin, shorts. */
  private final int marginsAt;

  /** Where each level's and teacher's rows begin, shorts. */
  private final long[][] rowsAt;

  /**
   * @param block its bytes, from position 0; its positions determine its {@link #length}
   * @throws java.nio.BufferUnderflowException if it ends within its positions or margins
   */
  StoredSlice(TargetLayout layout, ByteBuffer block) {
    this.layout = layout;
    ByteBuffer in = block.duplicate().order(TargetFormat.ORDER);
    int levels = layout.levels().size();
    positions = new StoredPositions[levels][layout.organs()];
    for (int i = 0; i < levels; i++) {
      for (int k = 0; k < layout.organs(); k++) {
        positions[i][k] = positions(layout, i, k, in);
      }
    }
    marginsAt = in.position() / Short.BYTES;
    shorts = in.rewind().asShortBuffer();
    rowsAt = new long[levels][layout.organs()];
    long at = (long) marginsAt + layout.margins();
    for (int i = 0; i < levels; i++) {
      for (int k = 0; k < layout.organs(); k++) {
        rowsAt[i][k] = at;
        at += (long) positions[i][k].count() * layout.channels(i);
      }
    }
  }

  private static StoredPositions positions(
      TargetLayout layout, int level, int teacher, ByteBuffer in) {
    int side = layout.side(level);
    if (!layout.hasFeatures(teacher)) {
      return StoredPositions.none(side);
    }
    return layout.masked() ? StoredPositions.read(side, in) : StoredPositions.all(side);
  }

  /** The length of a block with rows at these positions, {@code [level][teacher]}. */
  static long length(TargetLayout layout, StoredPositions[][] positions) {
    long bytes = (long) layout.margins() * Short.BYTES + positionsBytes(layout);
    for (int i = 0; i < positions.length; i++) {
      for (StoredPositions teacher : positions[i]) {
        bytes += (long) teacher.count() * layout.channels(i) * Short.BYTES;
      }
    }
    return TargetFormat.aligned(bytes);
  }

  /** Length of a block's first part, the positions that have rows, bytes. */
  static long positionsBytes(TargetLayout layout) {
    long bytes = 0;
    for (int i = 0; layout.masked() && i < layout.levels().size(); i++) {
      bytes += (long) layout.compared() * StoredPositions.words(layout.side(i)) * Long.BYTES;
    }
    return bytes;
  }

  /** The length of its block, bytes. */
  long length() {
    return length(layout, positions);
  }

  /** Reads the margins. */
  void margins(PaddedSlice out) {
    int size = layout.size();
    short[] row = new short[size * layout.organs()];
    float[] values = out.values();
    for (int y = 0; y < size; y++) {
      shorts.get(marginsAt + y * row.length, row, 0, row.length);
      int at = out.at(0, y);
      for (int i = 0; i < row.length; i++) {
        values[at + i] = MarginCode.decode(row[i]);
      }
    }
  }

  /** The positions that have a row. */
  StoredPositions positions(int level, int teacher) {
    return positions[level][teacher];
  }

  /**
   * Reads a row.
   *
   * @param level its number among the layout's
   * @param row from 0
   * @param out receives log-probabilities from {@code at} on
   * @param scratch at least C long
   */
  void row(int level, int teacher, int row, float[] out, int at, short[] scratch) {
    int channels = layout.channels(level);
    int from = (int) rowsAt[level][teacher] + row * channels;
    shorts.get(from, scratch, 0, channels);
    for (int c = 0; c < channels; c++) {
      out[at + c] = TargetFormat.logProbability(scratch[c]);
    }
  }
}
