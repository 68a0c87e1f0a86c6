package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;

class SurfaceDistancesTest {
  @Test
  void singleVoxelsWithAnisotropicSpacing() {
    Grid grid = new Grid(6, 6, 6, Affine.scaling(0.5, 2, 5));
    byte[] reference = new byte[grid.size()];
    byte[] predicted = new byte[grid.size()];
    reference[grid.index(1, 1, 1)] = 3;
    predicted[grid.index(4, 3, 2)] = 3;
    // 3 steps of 0.5 mm, 2 of 2 mm, 1 of 5 mm
    double expected = Math.sqrt(1.5 * 1.5 + 4 * 4 + 5 * 5);
    SurfaceDistances distances = between(grid, reference, predicted, 3);
    assertEquals(expected, distances.hausdorff95Mm(), 1e-6);
    assertEquals(expected, distances.averageSymmetricMm(), 1e-6);
    assertEquals(0, distances.surfaceDice(6));
    assertEquals(1, distances.surfaceDice(7));
  }

  @Test
  void shiftedCubes() {
    // Two 3x3x3 cubes, one voxel apart along z (2 mm): all but its centre is a cube's surface.
    Grid grid = new Grid(7, 7, 8, Affine.scaling(1, 1, 2));
    byte[] reference = new byte[grid.size()];
    byte[] predicted = new byte[grid.size()];
    fillCube(grid, reference, 2, 2, 2, 3);
    fillCube(grid, predicted, 2, 2, 3, 3);
    SurfaceDistances distances = between(grid, reference, predicted, 1);
    // The reference's layers: z=2 lies 2 mm below the prediction's first layer (9 voxels); the ring
    // of z=3 and all of z=4 but its middle lie on the prediction's surface (8 + 8); that middle is
    // the prediction's centre, 1 mm from a face. The other direction mirrors it.
    double sum = 9 * 2.0 + 1 * 1.0;
    assertEquals(2 * sum / (2 * 26), distances.averageSymmetricMm(), 1e-6);
    // Sorted: 16 zeros, one 1, nine 2s; rank .95 * 25 = 23.75 lies among the 2s.
    assertEquals(2.0, distances.hausdorff95Mm(), 1e-6);
    assertEquals(16 / 26.0, distances.surfaceDice(0), 1e-12);
    assertEquals(17 / 26.0, distances.surfaceDice(1), 1e-12);
    assertEquals(1, distances.surfaceDice(2), 1e-12);
  }

  @Test
  void hausdorff95IsTheLargerDirectionInterpolated() {
    // In a row: the reference is voxel 0, the prediction voxels 0 to 3 (in one row all is surface).
    Grid grid = new Grid(4, 1, 1, Affine.scaling(10, 1, 1));
    SurfaceDistances distances = between(grid, new byte[] {1, 0, 0, 0}, new byte[] {1, 1, 1, 1}, 1);
    // Directed: {0} and {0, 10, 20, 30}; rank .95 * 3 = 2.85, so 20 + .85 * 10. Pooled: 28.0.
    assertEquals(28.5, distances.hausdorff95Mm(), 1e-5);
    assertEquals(60 / 5.0, distances.averageSymmetricMm(), 1e-5);
  }

  @Test
  void insideOfAnOrganIsNoSurfaceButTheVolumesBorderIs() {
    Grid grid = new Grid(5, 5, 5, Affine.scaling(1, 1, 1));
    byte[] full = new byte[grid.size()];
    Arrays.fill(full, (byte) 1);
    VoxelBox box = ClassVoxels.of(grid, full, full).box(1).orElseThrow();
    assertEquals(new VoxelBox(0, 0, 0, 5, 5, 5), box);
    OrganMask organ = new OrganMask(grid, full, full, (byte) 1);
    assertEquals(125 - 27, Surface.voxels(organ, box).length);
    full[grid.index(2, 2, 2)] = 2; // its six face neighbours become surface
    assertEquals(125 - 27 + 6, Surface.voxels(organ, box).length);
  }

  @Test
  void undefinedWhereEitherIsEmpty() {
    Grid grid = new Grid(2, 2, 2, Affine.scaling(1, 1, 1));
    byte[] empty = new byte[8];
    byte[] some = {0, 1, 0, 0, 0, 0, 0, 0};
    assertTrue(SurfaceDistances.between(grid, empty, some, 1).isEmpty());
    assertTrue(SurfaceDistances.between(grid, some, empty, 1).isEmpty());
    assertTrue(SurfaceDistances.between(grid, empty, empty, 1).isEmpty());
    assertTrue(SurfaceDistances.between(grid, some, some, 2).isEmpty());
    assertEquals(0, between(grid, some, some, 1).hausdorff95Mm());
  }

  @Test
  void refusesMapsThatDoNotFit() {
    Grid grid = new Grid(2, 2, 2, Affine.scaling(1, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> SurfaceDistances.between(grid, new byte[8], new byte[7], 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> SurfaceDistances.between(grid, new byte[7], new byte[7], 1));
    byte[] one = {1, 0, 0, 0, 0, 0, 0, 0};
    assertThrows(IllegalArgumentException.class, () -> between(grid, one, one, 1).surfaceDice(-1));
  }

  @Test
  void transformEqualsBruteForce() {
    for (long seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      VoxelBox box = new VoxelBox(0, 0, 0, side(random), side(random), side(random));
      double[] mm = {spacing(random), spacing(random), spacing(random)};
      int[] sites = new int[1 + random.nextInt(6)];
      Arrays.setAll(sites, i -> random.nextInt(box.size()));
      float[] squared = DistanceTransform.squared(box, sites, mm[0], mm[1], mm[2]);
      for (int i = 0; i < squared.length; i++) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int site : sites) {
          nearest = Math.min(nearest, squaredDistance(box.nx(), box.ny(), i, site, mm));
        }
        assertEquals(nearest, squared[i], nearest * 1e-6, "seed " + seed + ", voxel " + i);
      }
    }
  }

  @Test
  void distancesEqualBruteForceOnRandomShapes() {
    for (long seed = 1; seed <= 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] mm = {spacing(random), spacing(random), spacing(random)};
      Grid grid =
          new Grid(side(random), side(random), side(random), Affine.scaling(mm[0], mm[1], mm[2]));
      byte[] reference = blobs(grid, random);
      byte[] predicted = blobs(grid, random);
      List<Integer> a = surface(grid, reference);
      List<Integer> b = surface(grid, predicted);
      double[] there = nearest(grid, a, b, mm);
      double[] back = nearest(grid, b, a, mm);
      SurfaceDistances distances = between(grid, reference, predicted, 1);
      String which = "seed " + seed;
      assertEquals(
          Math.max(percentile95(there), percentile95(back)),
          distances.hausdorff95Mm(),
          1e-5,
          which);
      double sum = Arrays.stream(there).sum() + Arrays.stream(back).sum();
      assertEquals(sum / (a.size() + b.size()), distances.averageSymmetricMm(), 1e-5, which);
      // Not a multiple of any spacing, so rounding cannot decide.
      double tolerance = 1.7320508;
      long near =
          Arrays.stream(there).filter(d -> d <= tolerance).count()
              + Arrays.stream(back).filter(d -> d <= tolerance).count();
      assertEquals(
          (double) near / (a.size() + b.size()), distances.surfaceDice(tolerance), 1e-12, which);
    }
  }

  @Test
  void symmetric() {
    long seed = 99;
    SplittableRandom random = new SplittableRandom(seed);
    Grid grid = new Grid(12, 9, 7, Affine.scaling(0.7, 0.8, 3));
    byte[] one = blobs(grid, random);
    byte[] two = blobs(grid, random);
    SurfaceDistances there = between(grid, one, two, 1);
    SurfaceDistances back = between(grid, two, one, 1);
    assertArrayEquals(
        new double[] {there.hausdorff95Mm(), there.surfaceDice(1)},
        new double[] {back.hausdorff95Mm(), back.surfaceDice(1)},
        "seed " + seed);
    assertEquals(there.averageSymmetricMm(), back.averageSymmetricMm(), 1e-12, "seed " + seed);
  }

  private static SurfaceDistances between(Grid grid, byte[] one, byte[] two, int value) {
    return SurfaceDistances.between(grid, one, two, value).orElseThrow();
  }

  static void fillCube(Grid grid, byte[] map, int x0, int y0, int z0, int side) {
    for (int z = z0; z < z0 + side; z++) {
      for (int y = y0; y < y0 + side; y++) {
        for (int x = x0; x < x0 + side; x++) {
          map[grid.index(x, y, z)] = 1;
        }
      }
    }
  }

  private static int side(SplittableRandom random) {
    return 1 + random.nextInt(11);
  }

  private static double spacing(SplittableRandom random) {
    return 0.3 + 5 * random.nextDouble();
  }

  /** A few random boxes; never empty. */
  private static byte[] blobs(Grid grid, SplittableRandom random) {
    byte[] map = new byte[grid.size()];
    int boxes = 1 + random.nextInt(3);
    for (int n = 0; n < boxes; n++) {
      int x0 = random.nextInt(grid.nx());
      int y0 = random.nextInt(grid.ny());
      int z0 = random.nextInt(grid.nz());
      int side = 1 + random.nextInt(6);
      for (int z = z0; z < Math.min(grid.nz(), z0 + side); z++) {
        for (int y = y0; y < Math.min(grid.ny(), y0 + side); y++) {
          for (int x = x0; x < Math.min(grid.nx(), x0 + side); x++) {
            map[grid.index(x, y, z)] = 1;
          }
        }
      }
    }
    return map;
  }

  /** Surface voxels, found by checking the six neighbours of each voxel. */
  private static List<Integer> surface(Grid grid, byte[] map) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < map.length; i++) {
      int x = i % grid.nx();
      int y = i / grid.nx() % grid.ny();
      int z = i / grid.nx() / grid.ny();
      boolean inside =
          at(grid, map, x - 1, y, z)
              && at(grid, map, x + 1, y, z)
              && at(grid, map, x, y - 1, z)
              && at(grid, map, x, y + 1, z)
              && at(grid, map, x, y, z - 1)
              && at(grid, map, x, y, z + 1);
      if (map[i] == 1 && !inside) {
        found.add(i);
      }
    }
    return found;
  }

  private static boolean at(Grid grid, byte[] map, int x, int y, int z) {
    return x >= 0
        && y >= 0
        && z >= 0
        && x < grid.nx()
        && y < grid.ny()
        && z < grid.nz()
        && map[grid.index(x, y, z)] == 1;
  }

  private static double[] nearest(Grid grid, List<Integer> from, List<Integer> to, double[] mm) {
    return from.stream()
        .mapToDouble(
            i ->
                Math.sqrt(
                    to.stream()
                        .mapToDouble(j -> squaredDistance(grid.nx(), grid.ny(), i, j, mm))
                        .min()
                        .orElseThrow()))
        .toArray();
  }

  private static double squaredDistance(int nx, int ny, int i, int j, double[] mm) {
    double dx = (i % nx - j % nx) * mm[0];
    double dy = (i / nx % ny - j / nx % ny) * mm[1];
    double dz = (i / nx / ny - j / nx / ny) * mm[2];
    return dx * dx + dy * dy + dz * dz;
  }

  /** Where the straight line through the sorted values reaches 95% of the way. */
  private static double percentile95(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double way = 0.95 * (sorted.length - 1);
    int left = (int) way;
    return left + 1 == sorted.length
        ? sorted[left]
        : sorted[left] * (left + 1 - way) + sorted[left + 1] * (way - left);
  }
}
