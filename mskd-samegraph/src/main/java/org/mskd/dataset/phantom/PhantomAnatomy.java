package org.mskd.dataset.phantom;

import java.util.ArrayList;
import java.util.List;
import org.mskd.random.SplitMix64;

/**
 * One subject: where each organ and its surroundings lie and how dense they are. Millimetres, x to
 * the patient's right, y to the front, z to the head, 0 in the middle of the body; the volume
 * reaches from about -90 to 90 mm. Mean densities follow portal-venous CT and overlap between
 * organs, and with muscle, vessels, heart and bowel content, so that no threshold finds an organ.
 */
final class PhantomAnatomy {
  private final SplitMix64 random;
  private final List<Layer> layers = new ArrayList<>();
  private final PhantomTorso torso;

  private PhantomAnatomy(SplitMix64 random) {
    this.random = random;
    this.torso = new PhantomTorso(random, layers);
  }

  /** Samples a subject's tissues, in painting order. */
  static List<Layer> sample(SplitMix64 random) {
    PhantomAnatomy anatomy = new PhantomAnatomy(random);
    anatomy.compose();
    return List.copyOf(anatomy.layers);
  }

  private void compose() {
    torso.compose();
    Shape right = kidney(1, -30 + random.uniform(-10, 8));
    Shape left = kidney(-1, -14 + random.uniform(-10, 10));
    Shape spleen = spleen().minus(left, 4);
    Shape pancreas = pancreas().minus(left, 3).minus(right, 3).minus(spleen, 3);
    Shape liver = liver().minus(right, 4).minus(pancreas, 4);
    new PhantomBowel(random, layers, torso).compose();
    double fat = random.uniform(-105, -80);
    for (Shape organ : List.of(right, left, spleen, pancreas, liver)) {
      add(organ.grown(2.5).within(torso.cavity(), 0), fat, Layer.SAME);
    }
    torso.vessels();
    add(liver, normal(110, 12, 82, 140), 1);
    liverVessels(liver);
    add(spleen, normal(120, 12, 92, 150), 2);
    double cortex = normal(150, 25, 100, 200);
    for (Shape kidney : List.of(right, left)) {
      add(kidney, cortex, 3);
      add(kidney.grown(-9), cortex - random.uniform(10, 35), Layer.SAME);
    }
    add(pancreas, normal(90, 12, 62, 120), 4);
  }

  private Shape liver() {
    double size = random.uniform(0.9, 1.1);
    double[] c = at(60, 12, 30, 7);
    Shape rightLobe =
        Solids.ellipsoid(c, radii(62 * size, 66 * size, 60 * size, 0.08), jitter(12), jitter(12));
    Shape leftLobe =
        Solids.ellipsoid(
            at(8, 42, 38, 7), radii(54 * size, 30 * size, 27 * size, 0.1), jitter(15), jitter(12));
    return rightLobe
        .join(leftLobe, 15)
        .bumpy(random.uniform(2, 4), random.uniform(55, 90), random)
        .within(torso.cavity(), 3)
        .within(torso.belowDiaphragm(), 3)
        .minus(torso.spine(), 4);
  }

  private void liverVessels(Shape liver) {
    double hu = normal(145, 10, 120, 170);
    for (int i = 0; i < 5; i++) {
      double[] root = {30 + jitter(10), 10 + jitter(10), 30 + jitter(10), 5};
      double[] middle = {60 + jitter(25), 15 + jitter(25), 35 + jitter(20), 4};
      double[] tip = {
        middle[0] + random.uniform(5, 35), middle[1] + jitter(35), middle[2] + jitter(25), 2
      };
      add(Solids.tube(new double[][] {root, middle, tip}).within(liver, 4), hu, Layer.SAME);
    }
  }

  private Shape spleen() {
    double size = random.uniform(0.85, 1.15);
    double[] c = at(-88, -24, 34, 7);
    Shape hilum =
        Solids.ellipsoid(
            new double[] {c[0] + 42, c[1] + 14, c[2] - 4}, radii(24, 30, 30, 0.1), 0, 0);
    return Solids.ellipsoid(
            c, radii(31 * size, 50 * size, 44 * size, 0.08), 20 + jitter(12), jitter(15))
        .minus(hilum, 0)
        .bumpy(random.uniform(1.5, 3), random.uniform(40, 70), random)
        .within(torso.cavity(), 3)
        .within(torso.belowDiaphragm(), 3);
  }

  private Shape kidney(int side, double height) {
    double size = random.uniform(0.88, 1.1);
    double[] c = at(60 * side, -34, height, 5);
    // The upper poles lean towards the spine, the hilum opens towards it and to the front.
    double roll = side * (12 + jitter(8));
    Shape hilum =
        Solids.ball(c[0] - side * 25 * size, c[1] + 10 * size, c[2], 14 * size + jitter(2));
    return Solids.ellipsoid(
            c, radii(27 * size, 24 * size, 50 * size, 0.06), side * -20 + jitter(12), roll)
        .minus(hilum, 0)
        .bumpy(random.uniform(1, 2), random.uniform(35, 60), random)
        .minus(torso.spine(), 5);
  }

  private Shape pancreas() {
    double thick = random.uniform(0.9, 1.15);
    double lift = jitter(8);
    double[][] points = {
      {36, 6, -24, 16},
      {20, 18, -8, 14},
      {-6, 27, 2, 13},
      {-34, 18, 8, 13},
      {-66, -4, 18, 11}
    };
    double[] shift = {jitter(8), jitter(5), lift};
    for (double[] point : points) {
      for (int axis = 0; axis < 3; axis++) {
        point[axis] += shift[axis] + jitter(5);
      }
      point[3] *= thick * random.uniform(0.9, 1.1);
    }
    return Solids.tube(torso.scaled(points))
        .bumpy(random.uniform(1, 2), random.uniform(25, 40), random)
        .minus(torso.spine(), 4)
        .minus(torso.aorta(), 3)
        .minus(torso.cava(), 2);
  }

  private double[] at(double x, double y, double z, double spread) {
    double[] point = {x + jitter(spread), y + jitter(spread), z + jitter(spread), 0};
    return torso.scaled(new double[][] {point})[0];
  }

  private double[] radii(double x, double y, double z, double spread) {
    return new double[] {
      x * (1 + jitter(spread)), y * (1 + jitter(spread)), z * (1 + jitter(spread))
    };
  }

  private double jitter(double spread) {
    return random.uniform(-spread, spread);
  }

  private double normal(double mean, double sd, double low, double high) {
    return Math.max(low, Math.min(high, mean + sd * random.nextGaussian()));
  }

  private void add(Shape shape, double hu, int organ) {
    layers.add(new Layer(shape, hu, organ));
  }
}
