package org.mskd.dataset;

/**
 * Resamples a square slice along the inverse of a draw's geometry. Coordinates advance by a
 * constant step along a row, so a pixel costs no trigonometry.
 */
final class SliceWarp {
  private static final float OUTSIDE = -1;

  private final int size;
  private final double stepX;
  private final double stepY;
  private final double originX;
  private final double originY;

  SliceWarp(Augmentation.Draw draw, int size) {
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

  void image(float[] in, float[] out, float gain, float offset) {
    check(in.length, out.length);
    if (in == out) {
      throw new IllegalArgumentException("in and out are the same array");
    }
    for (int y = 0; y < size; y++) {
      double rowX = originX + stepY * y;
      double rowY = originY + stepX * y;
      for (int x = 0; x < size; x++) {
        float value = gain * bilinear(in, rowX + stepX * x, rowY - stepY * x) + offset;
        out[y * size + x] = Math.max(-1, Math.min(1, value));
      }
    }
  }

  void label(byte[] in, byte[] out) {
    check(in.length, out.length);
    if (in == out) {
      throw new IllegalArgumentException("in and out are the same array");
    }
    for (int y = 0; y < size; y++) {
      double rowX = originX + stepY * y + 0.5;
      double rowY = originY + stepX * y + 0.5;
      for (int x = 0; x < size; x++) {
        int u = (int) Math.floor(rowX + stepX * x);
        int v = (int) Math.floor(rowY - stepY * x);
        out[y * size + x] = inside(u, v) ? in[v * size + u] : 0;
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

  private void check(int in, int out) {
    if (in != size * size || out != size * size) {
      throw new IllegalArgumentException(
          "slices of " + in + " and " + out + " pixels, not " + size + " x " + size);
    }
  }
}
