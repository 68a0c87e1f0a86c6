package org.mskd.dataset.phantom;

import org.mskd.dataset.phantom.Shape.Bounds;

/** The solids an abdomen is put together from. Lengths in mm, angles in degrees. */
final class Solids {
  private Solids() {}

  /**
   * An ellipsoid.
   *
   * @param c centre x, y, z
   * @param r half-axes
   * @param yaw turn about z, from x towards y
   * @param roll turn about y, from x towards z, before the yaw
   */
  static Shape ellipsoid(double[] c, double[] r, double yaw, double roll) {
    double cy = StrictMath.cos(StrictMath.toRadians(yaw));
    double sy = StrictMath.sin(StrictMath.toRadians(yaw));
    double cr = StrictMath.cos(StrictMath.toRadians(roll));
    double sr = StrictMath.sin(StrictMath.toRadians(roll));
    double reach = Math.max(r[0], Math.max(r[1], r[2]));
    Bounds bounds =
        new Bounds(
            c[0] - reach, c[0] + reach, c[1] - reach, c[1] + reach, c[2] - reach, c[2] + reach);
    return Shape.of(
        bounds,
        (x, y, z) -> {
          double u = cy * (x - c[0]) + sy * (y - c[1]);
          double v = -sy * (x - c[0]) + cy * (y - c[1]);
          double w = z - c[2];
          return radial((cr * u + sr * w) / r[0], v / r[1], (-sr * u + cr * w) / r[2], r);
        });
  }

  /** First-order distance to an ellipsoid from coordinates in units of its half-axes. */
  private static double radial(double a, double b, double c, double[] r) {
    double level = Math.sqrt(a * a + b * b + c * c);
    double p = a / r[0];
    double q = b / r[1];
    double s = c / r[2];
    double slope = Math.sqrt(p * p + q * q + s * s);
    return slope < 1e-9 ? -Math.min(r[0], Math.min(r[1], r[2])) : level * (level - 1) / slope;
  }

  /** A ball. */
  static Shape ball(double x, double y, double z, double radius) {
    return ellipsoid(new double[] {x, y, z}, new double[] {radius, radius, radius}, 0, 0);
  }

  /** An elliptic cylinder along z without ends. */
  static Shape cylinder(double cx, double cy, double rx, double ry) {
    Bounds bounds = new Bounds(cx - rx, cx + rx, cy - ry, cy + ry, -1e6, 1e6);
    double[] r = {rx, ry, 1};
    return Shape.of(bounds, (x, y, z) -> radial((x - cx) / rx, (y - cy) / ry, 0, r));
  }

  /**
   * A tube along a chain of points, its radius interpolated between them.
   *
   * @param points x, y, z, radius of each
   */
  static Shape tube(double[][] points) {
    Shape tube = null;
    for (int i = 0; i + 1 < points.length; i++) {
      Shape piece = capsule(points[i], points[i + 1]);
      tube = tube == null ? piece : tube.join(piece, 6);
    }
    if (tube == null) {
      throw new IllegalArgumentException("a tube of " + points.length + " points");
    }
    return tube;
  }

  private static Shape capsule(double[] a, double[] b) {
    double dx = b[0] - a[0];
    double dy = b[1] - a[1];
    double dz = b[2] - a[2];
    double squared = dx * dx + dy * dy + dz * dz;
    return Shape.of(
        around(a).with(around(b)),
        (x, y, z) -> {
          double along = ((x - a[0]) * dx + (y - a[1]) * dy + (z - a[2]) * dz) / squared;
          double t = Math.max(0, Math.min(1, along));
          double ex = x - a[0] - t * dx;
          double ey = y - a[1] - t * dy;
          double ez = z - a[2] - t * dz;
          return Math.sqrt(ex * ex + ey * ey + ez * ez) - (a[3] + t * (b[3] - a[3]));
        });
  }

  private static Bounds around(double[] p) {
    return new Bounds(p[0], p[0], p[1], p[1], p[2], p[2]).grown(p[3]);
  }
}
