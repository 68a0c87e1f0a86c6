package org.mskd.targets;

import java.nio.ByteBuffer;
import org.mskd.loss.FeatureRow;

/**
 * The teachers' outputs for one slice, encoded teacher by teacher for a store: only those features
 * are read that are stored. Not thread-safe.
 */
public final class SliceBlock {
  private final TargetLayout layout;
  private final short[] margins;
  private final StoredPositions[][] positions;

  /** For each level and teacher {@code [rows][C]} flattened. */
  private final short[][][] rows;

  /** Reads a teacher's features. */
  @FunctionalInterface
  public interface Features {
    /**
     * Reads the features of one position.
     *
     * @param level its number among the layout's levels
     * @param position row by row, {@code 0 .. (size/2^l)^2 - 1}
     * @param channels receives C values as the block gives them, before any softmax
     */
    void read(int level, int position, float[] channels);
  }

  /** A slice without outputs. */
  public SliceBlock(TargetLayout layout) {
    this.layout = layout;
    this.margins = new short[layout.margins()];
    this.positions = new StoredPositions[layout.levels().size()][layout.organs()];
    this.rows = new short[positions.length][layout.organs()][];
  }

  /**
   * Adds one teacher's outputs.
   *
   * @param teacher 0..K-1, each once
   * @param own {@code [size][size]} flattened, the margins: organ logit minus background logit
   * @param features read where they are stored; never of a teacher whose features are not kept
   * @return false where a value is NaN or infinite; the slice then cannot be stored
   */
  public boolean add(int teacher, float[] own, Features features) {
    int organs = layout.organs();
    if (own.length * organs != margins.length) {
      throw new IllegalArgumentException(own.length + " margins for " + layout);
    }
    for (int i = 0; i < own.length; i++) {
      if (!Float.isFinite(own[i])) {
        return false;
      }
      margins[i * organs + teacher] = MarginCode.encode(own[i]);
    }
    boolean finite = true;
    for (int level = 0; level < positions.length; level++) {
      int side = layout.side(level);
      positions[level][teacher] = kept(teacher, side);
      finite &= addRows(level, teacher, features);
    }
    return finite;
  }

  private StoredPositions kept(int teacher, int side) {
    if (!layout.hasFeatures(teacher)) {
      return StoredPositions.none(side);
    }
    return layout.masked()
        ? StoredPositions.around(margins, layout.organs(), teacher, layout.size(), side)
        : StoredPositions.all(side);
  }

  private boolean addRows(int level, int teacher, Features features) {
    int channels = layout.channels(level);
    StoredPositions kept = positions[level][teacher];
    boolean sorted = layout.features().orElseThrow().sorted();
    short[] encoded = new short[Math.multiplyExact(kept.count(), channels)];
    float[] values = new float[channels];
    float[] row = new float[channels];
    int at = 0;
    for (int position = 0; position < layout.positions(level); position++) {
      if (kept.has(position)) {
        features.read(level, position, values);
        FeatureRow.of(values, 0, channels, sorted, row, 0);
        for (float value : row) {
          if (!Float.isFinite(value)) {
            return false;
          }
          encoded[at++] = TargetFormat.logProbability(value);
        }
      }
    }
    rows[level][teacher] = encoded;
    return true;
  }

  /** The layout. */
  TargetLayout layout() {
    return layout;
  }

  /** The length of {@link #bytes}. */
  long length() {
    return StoredSlice.length(layout, positions);
  }

  /** The block, {@link #length} bytes, which must fit into an array. */
  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length())).order(TargetFormat.ORDER);
    if (layout.masked()) {
      for (StoredPositions[] level : positions) {
        for (int k = 0; k < level.length; k++) {
          if (layout.hasFeatures(k)) {
            level[k].write(out);
          }
        }
      }
    }
    put(margins, out);
    for (short[][] level : rows) {
      for (short[] teacher : level) {
        put(teacher, out);
      }
    }
    return out.array();
  }

  private static void put(short[] values, ByteBuffer out) {
    out.asShortBuffer().put(values);
    out.position(out.position() + values.length * Short.BYTES);
  }
}
