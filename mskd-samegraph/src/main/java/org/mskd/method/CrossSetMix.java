package org.mskd.method;

import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;

/**
 * Which rectangle of which other slot replaces the same rectangle of a slot, as in CutMix (Yun et
 * al., ICCV 2019), between data sets. The area is uniform. Ratio and position are uniform, and
 * resampled together until the rectangle lies inside the image: accepted ratios are not uniform, as
 * those near 1 fit more often. All is a function of (seed, iteration, view, slot) and of the slots'
 * data sets.
 */
final class CrossSetMix {
  /** Share of the image that a rectangle covers, LTUDA's values. */
  private static final double LEAST_AREA = 0.02;

  private static final double MOST_AREA = 0.4;

  /** Height by width, from this to its inverse. */
  private static final double LEAST_RATIO = 0.3;

  private final long seed;

  CrossSetMix(long seed) {
    this.seed = SubSeeds.of(seed, "cross-set mix");
  }

  /**
   * A rectangle of another slot.
   *
   * @param partner the other slot
   * @param top its first row
   * @param left its first column
   */
  record Box(int partner, int top, int left, int height, int width) {
    /** Nothing: no other data set is in the batch. */
    static final Box NONE = new Box(0, 0, 0, 0, 0);

    /** With each edge at the nearest multiple of so many pixels, which may leave nothing of it. */
    Box aligned(int grid) {
      int first = nearest(top, grid);
      int begin = nearest(left, grid);
      return new Box(
          partner,
          first,
          begin,
          nearest(top + height, grid) - first,
          nearest(left + width, grid) - begin);
    }

    private static int nearest(int edge, int grid) {
      return (edge + grid / 2) / grid * grid;
    }

    /**
     * The same rectangle on a coarser grid.
     *
     * @param factor pixels per position, a divisor of each edge
     */
    Box coarser(int factor) {
      return new Box(partner, top / factor, left / factor, height / factor, width / factor);
    }

    /**
     * Copies all channels of the rectangle.
     *
     * @param from {@code [slots][size][size][channels]} flattened
     * @param to {@code [size][size][channels]} flattened from {@code begin} on
     */
    void paste(float[] from, float[] to, int begin, int size, int channels) {
      copy(from, to, begin, size, channels);
    }

    /** As for floats. */
    void paste(int[] from, int[] to, int begin, int size, int channels) {
      copy(from, to, begin, size, channels);
    }

    private void copy(Object from, Object to, int begin, int size, int channels) {
      for (int row = top; row < top + height; row++) {
        int at = (row * size + left) * channels;
        int slice = partner * size * size * channels;
        System.arraycopy(from, slice + at, to, begin + at, width * channels);
      }
    }
  }

  /**
   * The rectangle for a slot.
   *
   * @param view number of the strong view
   * @param sets {@code [slots][values]} flattened: what tells data sets apart, such as which organs
   *     a slot's data set annotates
   */
  Box box(int iteration, int view, int slot, float[] sets, int slots, int size) {
    SplitMix64 random = new SplitMix64(SubSeeds.at(seed, iteration, view, slot));
    int values = sets.length / slots;
    int[] others = new int[slots];
    int count = 0;
    for (int other = 0; other < slots; other++) {
      if (differ(sets, slot * values, other * values, values)) {
        others[count++] = other;
      }
    }
    return count == 0 ? Box.NONE : box(others[random.nextInt(count)], random, size);
  }

  private static boolean differ(float[] sets, int one, int other, int values) {
    for (int i = 0; i < values; i++) {
      if (sets[one + i] != sets[other + i]) {
        return true;
      }
    }
    return false;
  }

  private static Box box(int partner, SplitMix64 random, int size) {
    double area = random.uniform(LEAST_AREA, MOST_AREA) * size * size;
    while (true) {
      double ratio = random.uniform(LEAST_RATIO, 1 / LEAST_RATIO);
      int width = (int) Math.sqrt(area / ratio);
      int height = (int) Math.sqrt(area * ratio);
      int left = random.nextInt(size);
      int top = random.nextInt(size);
      if (left + width <= size && top + height <= size) {
        return new Box(partner, top, left, height, width);
      }
    }
  }
}
