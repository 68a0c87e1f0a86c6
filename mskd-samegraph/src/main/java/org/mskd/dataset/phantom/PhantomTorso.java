package org.mskd.dataset.phantom;

import java.util.List;
import org.mskd.random.SplitMix64;

/** What holds the organs: skin, fat, muscle, ribs, spine, lungs, heart, great vessels. */
final class PhantomTorso {
  private final SplitMix64 random;
  private final List<Layer> layers;
  private final double halfWidth;
  private final double halfDepth;
  private final double rim;
  private final Shape cavity;
  private final Shape spine;
  private final Shape aorta;
  private final Shape cava;
  private final Shape lungs;
  private final Shape thorax;
  private final double muscle;

  PhantomTorso(SplitMix64 random, List<Layer> layers) {
    this.random = random;
    this.layers = layers;
    halfWidth = random.uniform(148, 168);
    halfDepth = halfWidth * random.uniform(0.66, 0.74);
    rim = random.uniform(8, 24);
    cavity = Solids.cylinder(0, 10, halfWidth - rim - 14, halfDepth - 0.6 * rim - 20);
    double back = 10 - (halfDepth - 0.6 * rim - 20);
    spine = Solids.cylinder(jitter(3), back + 8 + jitter(3), 23 + jitter(2), 18 + jitter(2));
    aorta = Solids.cylinder(-12 + jitter(4), back + 37 + jitter(3), 10 + jitter(2), 10 + jitter(2));
    cava = Solids.cylinder(22 + jitter(4), back + 39 + jitter(3), 12 + jitter(3), 9 + jitter(2));
    double right = 72 + jitter(6);
    double left = 70 + jitter(6);
    lungs = dome(58, 10, right, 3).join(dome(-62, 4, left, 3), 1);
    thorax = dome(58, 10, right, 0).within(dome(-62, 4, left, 0), 0);
    muscle = Math.max(44, Math.min(76, 60 + 8 * random.nextGaussian()));
  }

  void compose() {
    Shape back = Shape.of(Shape.Bounds.EVERYWHERE, (x, y, z) -> -(y + 0.9 * halfDepth));
    Shape skin = Solids.cylinder(0, 0, halfWidth, halfDepth).within(back, 0);
    add(table(), random.uniform(-300, -100));
    add(skin, 20);
    add(skin.grown(-3), random.uniform(-115, -90));
    Shape wall = cavity.grown(10 + random.uniform(0, 6));
    add(wall, muscle);
    double spineY = (spine.bounds().y0() + spine.bounds().y1()) / 2;
    for (int side = -1; side <= 1; side += 2) {
      add(Solids.cylinder(side * 36, spineY - 22, 30, 19).within(skin, 5), muscle - 3);
    }
    add(ribs(), random.uniform(250, 450));
    add(cavity, random.uniform(-110, -85));
    for (int side = -1; side <= 1; side += 2) {
      add(Solids.cylinder(side * 34, spineY + 4, 14, 17), muscle + 2);
    }
    vertebrae(spineY, skin);
    add(lungs.grown(3).within(cavity, 0), muscle);
    add(lungs.within(cavity, 1).minus(spine, 4), random.uniform(-880, -780));
    add(
        Solids.ellipsoid(
                new double[] {-12 + jitter(8), 34 + jitter(6), 96 + jitter(6)},
                new double[] {48, 38, 32},
                jitter(15),
                0)
            .within(cavity, 4),
        random.uniform(115, 165));
  }

  void vessels() {
    add(aorta, random.uniform(120, 180));
    add(cava, random.uniform(95, 155));
  }

  private void vertebrae(double y, Shape skin) {
    double disc = random.uniform(70, 120);
    add(spine, disc);
    double period = random.uniform(32, 38);
    double phase = random.uniform(0, period);
    Shape bodies =
        spine.within(
            Shape.of(
                Shape.Bounds.EVERYWHERE,
                (a, b, z) ->
                    Math.abs(
                            Math.floorMod((long) Math.floor((z + phase) * 64), (long) (period * 64))
                                    / 64.0
                                - period / 2)
                        - period / 2
                        + 4),
            0);
    add(bodies, random.uniform(300, 420));
    add(bodies.grown(-3), random.uniform(150, 230));
    add(Solids.cylinder(0, y - 26, 20, 11), random.uniform(250, 400));
    add(Solids.cylinder(0, y - 26, 9, 8), 30);
    add(Solids.cylinder(0, y - 40, 4, 9).within(skin, 6), 350);
  }

  private Shape ribs() {
    double phase = random.uniform(0, 27);
    return Shape.of(
        Shape.Bounds.EVERYWHERE,
        (x, y, z) -> {
          double across = Math.abs(cavity.distance(x, y, z) - 6) - 4;
          if (across > 4) {
            return across;
          }
          // Ribs slope down to the front, and end below the level of the kidneys' hila.
          double along = (z + 0.5 * y + phase + 540) % 27;
          double rib = Math.abs(along - 13.5) - 5;
          return Math.max(Math.max(across, rib), -z - 0.3 * y - 40);
        });
  }

  private Shape table() {
    double top = -0.9 * halfDepth - 6;
    return Shape.of(Shape.Bounds.EVERYWHERE, (x, y, z) -> Math.abs(y - top - x * x / 1500 + 8) - 3);
  }

  private static Shape dome(double cx, double cy, double top, double fall) {
    return Shape.of(
        Shape.Bounds.EVERYWHERE,
        (x, y, z) -> {
          double squared = (x - cx) * (x - cx) + (y - cy) * (y - cy);
          // A lung falls off towards the midline, which leaves the mediastinum between the two.
          double inward = Math.max(0, 14 - x * Math.signum(cx));
          return 0.7 * (top - squared / 150 - z) + fall * inward;
        });
  }

  /** Inside of the abdominal wall. */
  Shape cavity() {
    return cavity;
  }

  /** The vertebral column's bodies and discs. */
  Shape spine() {
    return spine;
  }

  Shape aorta() {
    return aorta;
  }

  Shape cava() {
    return cava;
  }

  /** What the diaphragm leaves to the abdomen. */
  Shape belowDiaphragm() {
    return Shape.of(Shape.Bounds.EVERYWHERE, (x, y, z) -> -thorax.distance(x, y, z));
  }

  /** Points laid out for the average cavity, moved to this one; x, y, z, and radius as it is. */
  double[][] scaled(double[][] points) {
    double sx = (halfWidth - rim - 14) / 128;
    double sy = (halfDepth - 0.6 * rim - 20) / 81;
    double[][] moved = new double[points.length][];
    for (int i = 0; i < points.length; i++) {
      double[] p = points[i];
      moved[i] = new double[] {p[0] * sx, 10 + (p[1] - 10) * sy, p[2], p[3]};
    }
    return moved;
  }

  private double jitter(double spread) {
    return random.uniform(-spread, spread);
  }

  private void add(Shape shape, double hu) {
    layers.add(new Layer(shape, hu, Layer.SAME));
  }
}
