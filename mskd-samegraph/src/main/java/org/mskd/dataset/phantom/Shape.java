package org.mskd.dataset.phantom;

import org.mskd.random.SplitMix64;

/** A solid in space, by its (approximate) signed distance in mm: negative inside. */
interface Shape {
  /** Signed distance in mm of a point in mm, exact at the surface, right in sign elsewhere. */
  double distance(double x, double y, double z);

  /** The box it lies in: least and greatest x, y, z, mm. */
  Bounds bounds();

  /** A box in mm; infinite where a shape is. */
  record Bounds(double x0, double x1, double y0, double y1, double z0, double z1) {
    static final Bounds EVERYWHERE = new Bounds(-1e6, 1e6, -1e6, 1e6, -1e6, 1e6);

    Bounds grown(double mm) {
      return new Bounds(x0 - mm, x1 + mm, y0 - mm, y1 + mm, z0 - mm, z1 + mm);
    }

    Bounds with(Bounds o) {
      return new Bounds(
          Math.min(x0, o.x0),
          Math.max(x1, o.x1),
          Math.min(y0, o.y0),
          Math.max(y1, o.y1),
          Math.min(z0, o.z0),
          Math.max(z1, o.z1));
    }
  }

  /** A distance in mm, by position in mm. */
  @FunctionalInterface
  interface Distance {
    double of(double x, double y, double z);
  }

  /** A shape from its distance and a box that holds it. */
  static Shape of(Bounds bounds, Distance distance) {
    return new Shape() {
      @Override
      public double distance(double x, double y, double z) {
        return distance.of(x, y, z);
      }

      @Override
      public Bounds bounds() {
        return bounds;
      }
    };
  }

  /** This without what lies within {@code gap} mm of another shape. */
  default Shape minus(Shape other, double gap) {
    return of(
        bounds(),
        (x, y, z) -> {
          double here = distance(x, y, z);
          // Far outside, the other shape does not matter: most voxels of a box.
          return here > 4 ? here : Math.max(here, gap - other.distance(x, y, z));
        });
  }

  /** The part of this that lies at least {@code margin} mm inside another shape. */
  default Shape within(Shape other, double margin) {
    return of(
        bounds(),
        (x, y, z) -> {
          double here = distance(x, y, z);
          return here > 4 ? here : Math.max(here, margin + other.distance(x, y, z));
        });
  }

  /** This and everything within {@code mm} of it; less of it where negative. */
  default Shape grown(double mm) {
    return of(bounds().grown(Math.max(0, mm)), (x, y, z) -> distance(x, y, z) - mm);
  }

  /** Both, joined without a crease: polynomial smooth minimum over {@code blend} mm. */
  default Shape join(Shape other, double blend) {
    return of(
        bounds().with(other.bounds()).grown(blend / 4),
        (x, y, z) -> {
          double a = distance(x, y, z);
          double b = other.distance(x, y, z);
          double h = Math.max(0, blend - Math.abs(a - b)) / blend;
          return Math.min(a, b) - h * h * blend / 4;
        });
  }

  /** This with low bumps on its surface, {@code height} mm high and about {@code length} apart. */
  default Shape bumpy(double height, double length, SplitMix64 random) {
    double k = 2 * Math.PI / length;
    double px = random.uniform(0, 2 * Math.PI);
    double py = random.uniform(0, 2 * Math.PI);
    double pz = random.uniform(0, 2 * Math.PI);
    return of(
        bounds().grown(height),
        (x, y, z) -> {
          double here = distance(x, y, z);
          if (Math.abs(here) > height + 4) {
            return here;
          }
          return here
              + height
                  * StrictMath.sin(k * x + px)
                  * StrictMath.sin(k * y + py)
                  * StrictMath.sin(k * z + pz);
        });
  }
}
