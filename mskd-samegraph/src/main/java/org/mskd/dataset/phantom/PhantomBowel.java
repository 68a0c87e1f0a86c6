package org.mskd.dataset.phantom;

import java.util.List;
import org.mskd.random.SplitMix64;

/**
 * Stomach, colon, small bowel and gall bladder: the surroundings of the organs, of similar density.
 * Content takes any density between water and an organ's, or gas, or oral contrast medium.
 */
final class PhantomBowel {
  private final SplitMix64 random;
  private final List<Layer> layers;
  private final PhantomTorso torso;

  PhantomBowel(SplitMix64 random, List<Layer> layers, PhantomTorso torso) {
    this.random = random;
    this.layers = layers;
    this.torso = torso;
  }

  void compose() {
    int loops = 16 + random.nextInt(8);
    for (int i = 0; i < loops; i++) {
      double radius = random.uniform(14, 24);
      double[] c = {random.uniform(-95, 95), random.uniform(0, 75), random.uniform(-95, 5), 0};
      double[] r = {
        radius * random.uniform(0.8, 1.6), radius * random.uniform(0.8, 1.2), radius * 1.1
      };
      Shape loop =
          Solids.ellipsoid(
              torso.scaled(new double[][] {c})[0], r, random.uniform(0, 180), jitter(40));
      hollow(loop, c[1] + jitter(20));
    }
    hollow(colon(1), 100);
    hollow(colon(-1), 100);
    stomach();
    gallBladder();
  }

  private void stomach() {
    double[] c = {-46 + jitter(8), 40 + jitter(8), 38 + jitter(8), 0};
    double[] r = {random.uniform(32, 44), random.uniform(24, 34), random.uniform(32, 42)};
    Shape stomach =
        Solids.ellipsoid(torso.scaled(new double[][] {c})[0], r, -25 + jitter(15), jitter(20))
            .within(torso.belowDiaphragm(), 2);
    hollow(stomach, c[1] + random.uniform(0, 20));
  }

  private void gallBladder() {
    double[] c = {52 + jitter(10), 52 + jitter(8), -8 + jitter(8), 0};
    Shape bladder =
        Solids.ellipsoid(torso.scaled(new double[][] {c})[0], new double[] {13, 16, 24}, 0, 20);
    layers.add(new Layer(bladder, random.uniform(0, 25), Layer.SAME));
  }

  private Shape colon(int side) {
    double[][] points = new double[5][];
    for (int i = 0; i < points.length; i++) {
      points[i] =
          new double[] {
            side * (100 + jitter(8)),
            -5 + jitter(12),
            -110 + 22 * i + jitter(4),
            random.uniform(15, 23)
          };
    }
    return Solids.tube(torso.scaled(points));
  }

  /** Wall, content, and gas above {@code level}, where there is gas: the patient lies supine. */
  private void hollow(Shape shape, double level) {
    Shape bounded = shape.within(torso.cavity(), 2).minus(torso.spine(), 12);
    layers.add(new Layer(bounded, random.uniform(60, 105), Layer.SAME));
    Shape inside = bounded.grown(-random.uniform(2, 4));
    boolean opaque = random.nextInt(5) == 0;
    double content = opaque ? random.uniform(110, 220) : random.uniform(20, 110);
    layers.add(new Layer(inside, content, Layer.SAME));
    if (random.nextInt(3) == 0) {
      Shape above = Shape.of(Shape.Bounds.EVERYWHERE, (x, y, z) -> level - y);
      layers.add(new Layer(inside.within(above, 0), random.uniform(-950, -800), Layer.SAME));
    }
  }

  private double jitter(double spread) {
    return random.uniform(-spread, spread);
  }
}
