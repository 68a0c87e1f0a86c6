package org.mskd.dataset;

import java.util.Arrays;

/**
 * A square slice of K values per pixel, with a border of one pixel that holds the value outside, so
 * that interpolation at its edge needs no special case. Not thread-safe.
 */
public final class PaddedSlice {
  private final int size;
  private final int channels;
  private final float outside;
  private final float[] values;

  /**
   * @param size side, pixels
   * @param channels K
   * @param outside what all values are at first, and stay in the border
   */
  public PaddedSlice(int size, int channels, float outside) {
    this.size = size;
    this.channels = channels;
    this.outside = outside;
    this.values = new float[Math.multiplyExact((size + 2) * (size + 2), channels)];
    Arrays.fill(values, outside);
  }

  /** Side, pixels, without the border. */
  public int size() {
    return size;
  }

  /** K. */
  int channels() {
    return channels;
  }

  /** The value outside. */
  float outside() {
    return outside;
  }

  /** All of it, {@code [size+2][size+2][K]} flattened: not a copy. */
  public float[] values() {
    return values;
  }

  /** Where a pixel's K values lie; x and y from -1 to size. */
  public int at(int x, int y) {
    return ((y + 1) * (size + 2) + x + 1) * channels;
  }

  /**
   * Fills the slice.
   *
   * @param from {@code [size][size][K]} flattened
   */
  public void fill(float[] from) {
    int row = size * channels;
    if (from.length != size * row) {
      throw new IllegalArgumentException(
          from.length + " values for " + size + " x " + size + " pixels of " + channels);
    }
    for (int y = 0; y < size; y++) {
      System.arraycopy(from, y * row, values, at(0, y), row);
    }
  }
}
