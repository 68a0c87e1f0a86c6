package org.mskd.dataset.phantom;

import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.Volume;

/**
 * A drawn subject in canonical orientation (RAS+).
 *
 * @param image HU, whole numbers from -1024 to 3071
 * @param organs 0, or 1.. in the order of {@code Phantoms.KNOWN_ORGANS}; on the image's grid
 */
record PhantomSubject(Volume image, Volume organs) {
  /** What the field of view spans from side to side, mm. */
  private static final double FIELD = 360;

  /** What the slices span, mm: 32 slices are 5.6 mm apart. */
  private static final double HEIGHT = 180;

  /**
   * Draws the subject of a seed.
   *
   * @param size voxels along x and y
   * @param slices voxels along z
   */
  static PhantomSubject draw(int size, int slices, long seed) {
    SplitMix64 random = new SplitMix64(SubSeeds.of(seed, "grid"));
    double inPlane = hundredths(FIELD * random.uniform(0.97, 1.08) / size);
    double between = hundredths(HEIGHT * random.uniform(0.96, 1.04) / slices);
    double x0 = hundredths(-inPlane * (size - 1) / 2 + random.uniform(-20, 20));
    double y0 = hundredths(-inPlane * (size - 1) / 2 + random.uniform(-20, 20));
    double z0 = hundredths(random.uniform(-1200, -200));
    Affine affine = Affine.of(inPlane, 0, 0, x0, 0, inPlane, 0, y0, 0, 0, between, z0);
    Grid grid = new Grid(size, size, slices, affine);
    var layers = PhantomAnatomy.sample(new SplitMix64(SubSeeds.of(seed, "anatomy")));
    return new PhantomPainter(grid, SubSeeds.of(seed, "painter")).paint(layers);
  }

  private static double hundredths(double mm) {
    return Math.rint(mm * 100) / 100;
  }
}
