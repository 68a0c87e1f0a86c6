package org.mskd.targets;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The positions of a grid that have a row: one teacher's, of one slice at one level. Rows are
 * counted in the order of their positions.
 */
final class StoredPositions {
  /** Rows are kept up to this distance from the mask, positions. */
  private static final int MARGIN = 2;

  private final int side;
  private final long[] words;

  /** Rows before each word's. */
  private final int[] before;

  private final int count;

  private StoredPositions(int side, long[] words) {
    this.side = side;
    this.words = words;
    this.before = new int[words.length];
    int rows = 0;
    for (int word = 0; word < words.length; word++) {
      before[word] = rows;
      rows += Long.bitCount(words[word]);
    }
    this.count = rows;
  }

  /** Words of a grid. */
  static int words(int side) {
    return (side * side + Long.SIZE - 1) / Long.SIZE;
  }

  /** All positions of a grid. */
  static StoredPositions all(int side) {
    long[] words = new long[words(side)];
    Arrays.fill(words, -1);
    // Clears the bits after the last position; there are none where the last word is full.
    words[words.length - 1] >>>= -(side * side);
    return new StoredPositions(side, words);
  }

  /** No position of a grid. */
  static StoredPositions none(int side) {
    return new StoredPositions(side, new long[words(side)]);
  }

  /** Reads what {@link #write} wrote, and advances the buffer. */
  static StoredPositions read(int side, ByteBuffer in) {
    long[] words = new long[words(side)];
    in.asLongBuffer().get(words);
    in.position(in.position() + words.length * Long.BYTES);
    return new StoredPositions(side, words);
  }

  /**
   * The positions that may need a row after augmentation: those that contain a pixel of the mask,
   * and those up to {@value #MARGIN} positions away.
   *
   * <p>That distance suffices. A warped margin is interpolated bilinearly, so it is positive only
   * where one of the four stored pixels around its source point is, which lies less than a pixel
   * away. By whichever rule a position of the grid is inside, one of its 2^l x 2^l pixels is
   * positive, at most (2^l - 1) / 2 along each axis from the position's centre. Turned back by any
   * angle and divided by a scale of at least 0.385 (full augmentation at its strongest: 0.55 times
   * 0.7) that is 3.68 (2^l - 1) / 2 along an axis; with the pixel above, less than 1.84 positions
   * from the source point of the centre. So the two lie in the same position, neighbours, or next
   * but one; for light augmentation at strength 1 (15 degrees, 0.85) it is less than one position,
   * so neighbours.
   *
   * @param margins {@code [size][size][K]} flattened
   * @param teacher 0..K-1
   */
  static StoredPositions around(short[] margins, int organs, int teacher, int size, int side) {
    int stride = size / side;
    boolean[] inMask = new boolean[side * side];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        if (margins[(y * size + x) * organs + teacher] >= 0) {
          inMask[y / stride * side + x / stride] = true;
        }
      }
    }
    long[] words = new long[words(side)];
    for (int position = 0; position < inMask.length; position++) {
      if (inMask[position]) {
        int row = position / side;
        int column = position % side;
        for (int y = Math.max(0, row - MARGIN); y <= Math.min(side - 1, row + MARGIN); y++) {
          for (int x = Math.max(0, column - MARGIN);
              x <= Math.min(side - 1, column + MARGIN);
              x++) {
            set(words, y * side + x);
          }
        }
      }
    }
    return new StoredPositions(side, words);
  }

  private static void set(long[] words, int position) {
    words[position / Long.SIZE] |= 1L << position;
  }

  void write(ByteBuffer out) {
    for (long word : words) {
      out.putLong(word);
    }
  }

  /** Number of rows. */
  int count() {
    return count;
  }

  boolean has(int position) {
    return (words[position / Long.SIZE] >>> position & 1) != 0;
  }

  /** The row of a position that has one. */
  private int row(int position) {
    long below = words[position / Long.SIZE] & ((1L << position) - 1);
    return before[position / Long.SIZE] + Long.bitCount(below);
  }

  /**
   * The row of a position or, where it has none, of the nearest that has one; of equally near ones
   * the first.
   *
   * @return -1 where there is none up to {@value #MARGIN} positions away
   */
  int nearestRow(int position) {
    return has(position) ? row(position) : neighbour(position);
  }

  private int neighbour(int position) {
    int row = position / side;
    int column = position % side;
    int nearest = -1;
    int least = Integer.MAX_VALUE;
    for (int y = Math.max(0, row - MARGIN); y <= Math.min(side - 1, row + MARGIN); y++) {
      for (int x = Math.max(0, column - MARGIN); x <= Math.min(side - 1, column + MARGIN); x++) {
        int away = (y - row) * (y - row) + (x - column) * (x - column);
        if (away < least && has(y * side + x)) {
          nearest = row(y * side + x);
          least = away;
        }
      }
    }
    return nearest;
  }
}
