package org.mskd.dataset;

/**
 * Resamples a square slice along the inverse of a draw's geometry. Coordinates advance by a
 * constant step along a row, so a pixel costs no trigonometry.
 */
final class SliceWarp {
  private static final float OUTSIDE = -1;

  private final Augmentation.Draw draw;
  private final int size;
  private final double stepX;
  private final double stepY;
  private final double originX;
  private final double originY;

  SliceWarp(Augmentation.Draw draw, int size) {
    this.draw = draw;
    this.size = size;
    double radians = StrictMath.toRadians(draw.degrees());
    // Inverse of scale * R: one output step along x moves (stepX, -stepY) in the input.
    stepX = StrictMath.cos(radians) / draw.scale();
    stepY = StrictMath.sin(radians) / draw.scale();
    double centre = (size - 1) / 2.0;
    double dx = -centre - draw.shiftX() * size;
    double dy = -centre - draw.shiftY() * size;
    originX = stepX * dx + stepY * dy + centre;
    originY = -stepY * dx + stepX * dy + centre;
  }

  void image(float[] in, float[] out, Patch patch, float gain, float offset) {
    patch.requireInside(size);
    int side = patch.side();
    check(in.length, size);
    check(out.length, side);
    if (in == out) {
      throw new IllegalArgumentException("in and out are the same array");
    }
    for (int row = 0; row < side; row++) {
      int y = patch.y() + row;
      double rowX = originX + stepY * y;
      double rowY = originY + stepX * y;
      for (int column = 0; column < side; column++) {
        int x = patch.x() + column;
        float value = gain * bilinear(in, rowX + stepX * x, rowY - stepY * x) + offset;
        out[row * side + column] = Math.max(-1, Math.min(1, value));
      }
    }
  }

  void label(byte[] in, byte[] out, Patch patch) {
    patch.requireInside(size);
    int side = patch.side();
    check(in.length, size);
    check(out.length, side);
    if (in == out) {
      throw new IllegalArgumentException("in and out are the same array");
    }
    for (int row = 0; row < side; row++) {
      int y = patch.y() + row;
      double rowX = originX + stepY * y + 0.5;
      double rowY = originY + stepX * y + 0.5;
      for (int column = 0; column < side; column++) {
        int x = patch.x() + column;
        int u = (int) Math.floor(rowX + stepX * x);
        int v = (int) Math.floor(rowY - stepY * x);
        out[row * side + column] = inside(u, v) ? in[v * size + u] : 0;
      }
    }
  }

  private float bilinear(float[] in, double x, double y) {
    int u = (int) Math.floor(x);
    int v = (int) Math.floor(y);
    float fx = (float) (x - u);
    float fy = (float) (y - v);
    float p00;
    float p10;
    float p01;
    float p11;
    if (u >= 0 && v >= 0 && u < size - 1 && v < size - 1) {
      int at = v * size + u;
      p00 = in[at];
      p10 = in[at + 1];
      p01 = in[at + size];
      p11 = in[at + size + 1];
    } else {
      p00 = orOutside(in, u, v);
      p10 = orOutside(in, u + 1, v);
      p01 = orOutside(in, u, v + 1);
      p11 = orOutside(in, u + 1, v + 1);
    }
    float top = p00 + fx * (p10 - p00);
    float bottom = p01 + fx * (p11 - p01);
    return top + fy * (bottom - top);
  }

  private float orOutside(float[] in, int u, int v) {
    return inside(u, v) ? in[v * size + u] : OUTSIDE;
  }

  private boolean inside(int u, int v) {
    return u >= 0 && v >= 0 && u < size && v < size;
  }

  /** The output pixel that an input pixel's centre falls into; -1 outside. */
  int forward(int position) {
    double radians = StrictMath.toRadians(draw.degrees());
    double cos = draw.scale() * StrictMath.cos(radians);
    double sin = draw.scale() * StrictMath.sin(radians);
    double centre = (size - 1) / 2.0;
    int row = Math.floorDiv(position, size);
    double dx = position - row * size - centre;
    double dy = row - centre;
    int x = (int) Math.floor(cos * dx - sin * dy + centre + draw.shiftX() * size + 0.5);
    int y = (int) Math.floor(sin * dx + cos * dy + centre + draw.shiftY() * size + 0.5);
    return inside(x, y) ? y * size + x : -1;
  }

  private static void check(int length, int side) {
    if (length != side * side) {
      throw new IllegalArgumentException(
          "a slice of " + length + " pixels, not " + side + " x " + side);
    }
  }
}
