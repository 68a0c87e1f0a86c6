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

  void requireInside(int size) {
    if (side > size || x > size - side || y > size - side) {
      throw new IllegalArgumentException(this + " of a slice of " + size);
    }
  }
}
