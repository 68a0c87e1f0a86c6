package org.mskd.dataset;

import java.util.Arrays;

/**
 * Resamples a square slice along the inverse of a geometric transform: values bilinearly, classes
 * and features by the nearest. Coordinates advance by a constant step along a row, so a pixel costs
 * no trigonometry.
 */
final class SliceWarp {
  private final Augmentation.Transform transform;
  private final int size;
  private final double stepX;
  private final double stepY;
  private final double originX;
  private final double originY;

  SliceWarp(Augmentation.Transform transform, int size) {
    this.transform = transform;
    this.size = size;
    double radians = StrictMath.toRadians(transform.degrees());
    // Inverse of scale * R: one output step along x moves (stepX, -stepY) in the input.
    stepX = StrictMath.cos(radians) / transform.scale();
    stepY = StrictMath.sin(radians) / transform.scale();
    double centre = (size - 1) / 2.0;
    double dx = -centre - transform.shiftX() * size;
    double dy = -centre - transform.shiftY() * size;
    originX = stepX * dx + stepY * dy + centre;
    originY = -stepY * dx + stepX * dy + centre;
  }

  /** Where an output pixel of row y and column 0 comes from, along x. */
  private double rowX(double y) {
    return originX + stepY * y;
  }

  /** Where an output pixel of row y and column 0 comes from, along y. */
  private double rowY(double y) {
    return originY + stepX * y;
  }

  /**
   * Interpolates bilinearly; {@code out} is {@code [patch.side][patch.side][K]} from an index on.
   */
  void maps(PaddedSlice in, float[] out, int outAt, Patch patch) {
    patch.requireInside(size);
    int channels = in.channels();
    int side = patch.side();
    if (in.size() != size || out.length - outAt < side * side * channels) {
      throw new IllegalArgumentException(
          "a slice of %d in one of %d, %d values from %d on for %s"
              .formatted(in.size(), size, out.length, outAt, patch));
    }
    int at = outAt;
    for (int y = patch.y(); y < patch.y() + side; y++) {
      double rowX = rowX(y);
      double rowY = rowY(y);
      for (int x = patch.x(); x < patch.x() + side; x++, at += channels) {
        double fromX = rowX + stepX * x;
        double fromY = rowY - stepY * x;
        int u = (int) Math.floor(fromX);
        int v = (int) Math.floor(fromY);
        if (u >= -1 && v >= -1 && u < size && v < size) {
          blend(in, u, v, (float) (fromX - u), (float) (fromY - v), out, at);
        } else {
          Arrays.fill(out, at, at + channels, in.outside());
        }
      }
    }
  }

  /** Values between the pixels (u, v) and (u + 1, v + 1), parts fx and fy of the way. */
  private static void blend(
      PaddedSlice in, int u, int v, float fx, float fy, float[] out, int outAt) {
    float[] values = in.values();
    int channels = in.channels();
    int top = in.at(u, v);
    int bottom = in.at(u, v + 1);
    int k = 0;
    // By fours, as the loop itself would cost as much as what is in it.
    for (; k <= channels - 4; k += 4) {
      out[outAt + k] = between(values, top + k, bottom + k, channels, fx, fy);
      out[outAt + k + 1] = between(values, top + k + 1, bottom + k + 1, channels, fx, fy);
      out[outAt + k + 2] = between(values, top + k + 2, bottom + k + 2, channels, fx, fy);
      out[outAt + k + 3] = between(values, top + k + 3, bottom + k + 3, channels, fx, fy);
    }
    for (; k < channels; k++) {
      out[outAt + k] = between(values, top + k, bottom + k, channels, fx, fy);
    }
  }

  private static float between(float[] values, int top, int bottom, int right, float fx, float fy) {
    float above = values[top] + fx * (values[top + right] - values[top]);
    float below = values[bottom] + fx * (values[bottom + right] - values[bottom]);
    return above + fy * (below - above);
  }

  void label(byte[] in, byte[] out, Patch patch) {
    patch.requireInside(size);
    requireSquare(in.length, size, 1);
    requireSquare(out.length, patch.side(), 1);
    if (in == out) {
      throw new IllegalArgumentException("in and out are the same array");
    }
    int side = patch.side();
    for (int row = 0; row < side; row++) {
      double rowX = rowX(patch.y() + row) + 0.5;
      double rowY = rowY(patch.y() + row) + 0.5;
      for (int column = 0; column < side; column++) {
        int x = patch.x() + column;
        int u = (int) Math.floor(rowX + stepX * x);
        int v = (int) Math.floor(rowY - stepY * x);
        out[row * side + column] = inside(u, v) ? in[v * size + u] : 0;
      }
    }
  }

  /**
   * Where the positions of a grid come from that is {@code stride} times coarser: the position that
   * the centre of each one's square of pixels lies in before the warp, or the nearest to it that is
   * inside.
   */
  void origins(int stride, int[] out) {
    int side = size / stride;
    double middle = (stride - 1) / 2.0;
    for (int row = 0; row < side; row++) {
      double rowX = rowX(row * stride + middle) + 0.5;
      double rowY = rowY(row * stride + middle) + 0.5;
      for (int column = 0; column < side; column++) {
        double x = column * stride + middle;
        int u = (int) Math.floor((rowX + stepX * x) / stride);
        int v = (int) Math.floor((rowY - stepY * x) / stride);
        out[row * side + column] = within(v, side) * side + within(u, side);
      }
    }
  }

  private static int within(int index, int side) {
    return Math.max(0, Math.min(side - 1, index));
  }

  private boolean inside(int u, int v) {
    return u >= 0 && v >= 0 && u < size && v < size;
  }

  /** The output pixel that an input pixel's centre falls into; -1 outside. */
  int forward(int position) {
    double radians = StrictMath.toRadians(transform.degrees());
    double cos = transform.scale() * StrictMath.cos(radians);
    double sin = transform.scale() * StrictMath.sin(radians);
    double centre = (size - 1) / 2.0;
    int row = Math.floorDiv(position, size);
    double dx = position - row * size - centre;
    double dy = row - centre;
    int x = (int) Math.floor(cos * dx - sin * dy + centre + transform.shiftX() * size + 0.5);
    int y = (int) Math.floor(sin * dx + cos * dy + centre + transform.shiftY() * size + 0.5);
    return inside(x, y) ? y * size + x : -1;
  }

  static void requireSquare(int length, int side, int channels) {
    if (length != side * side * channels) {
      throw new IllegalArgumentException(
          "a slice of %d values, not %d x %d pixels of %d".formatted(length, side, side, channels));
    }
  }
}
