package org.mskd.dataset;

/**
 * A square of a slice.
 *
 * @param x its first column
 * @param y its first row
 * @param side its side, pixels
 */
public record Patch(int x, int y, int side) {
  public Patch {
    if (x < 0 || y < 0 || side < 1) {
      throw new IllegalArgumentException("a patch of " + side + " at " + x + " " + y);
    }
  }

  /** All of a slice. */
  public static Patch whole(int size) {
    return new Patch(0, 0, size);
  }

  /** Copies the patch out of a label slice, {@code [size][size]}, from {@code offset} of out. */
  public void copy(byte[] slice, int size, byte[] out, int offset) {
    requireInside(size);
    for (int row = 0; row < side; row++) {
      System.arraycopy(slice, (y + row) * size + x, out, offset + row * side, side);
    }
  }

  void requireInside(int size) {
    if (side > size || x > size - side || y > size - side) {
      throw new IllegalArgumentException(this + " of a slice of " + size);
    }
  }
}
