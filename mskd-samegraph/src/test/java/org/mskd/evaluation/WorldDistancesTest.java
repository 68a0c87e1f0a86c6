package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;

/** Surface distances on grids of any affine, against brute force in world space. */
class WorldDistancesTest {
  /** Kinds of grids. */
  enum Axes {
    RIGHT_ANGLED {
      @Override
      double[] matrix(SplittableRandom random) {
        return scaled(rotation(random), random);
      }
    },
    /** As a header of single precision holds them. */
    ROUNDED {
      @Override
      double[] matrix(SplittableRandom random) {
        double[] exact = scaled(rotation(random), random);
        return Arrays.stream(exact).map(number -> (double) (float) number).toArray();
      }
    },
    /** Slices along the third axis are shifted along the second: a gantry tilted by 5 to 30°. */
    TILTED {
      @Override
      double[] matrix(SplittableRandom random) {
        double tan = Math.tan(Math.toRadians(5 + 25 * random.nextDouble()));
        double[] shear = {1, 0, 0, 0, 1, tan, 0, 0, 1};
        return scaled(product(rotation(random), shear), random);
      }
    },
    ANY {
      @Override
      double[] matrix(SplittableRandom random) {
        double[] shear = {1, between(random), between(random), 0, 1, between(random), 0, 0, 1};
        return scaled(product(rotation(random), shear), random);
      }
    };

    abstract double[] matrix(SplittableRandom random);
  }

  private static double between(SplittableRandom random) {
    return 1.6 * random.nextDouble() - 0.8;
  }

  /** Columns by spacings of 0.4 to 5 mm, one axis perhaps backwards. */
  private static double[] scaled(double[] matrix, SplittableRandom random) {
    double[] result = matrix.clone();
    for (int axis = 0; axis < 3; axis++) {
      double spacing = (0.4 + 4.6 * random.nextDouble()) * (random.nextInt(4) == 0 ? -1 : 1);
      for (int row = 0; row < 3; row++) {
        result[3 * row + axis] *= spacing;
      }
    }
    return result;
  }

  /** Of Euler angles. */
  private static double[] rotation(SplittableRandom random) {
    double[] result = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    for (int axis = 0; axis < 3; axis++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double[] turn = new double[9];
      int u = (axis + 1) % 3;
      int v = (axis + 2) % 3;
      turn[4 * axis] = 1;
      turn[4 * u] = Math.cos(angle);
      turn[4 * v] = Math.cos(angle);
      turn[3 * u + v] = -Math.sin(angle);
      turn[3 * v + u] = Math.sin(angle);
      result = product(result, turn);
    }
    return result;
  }

  private static double[] product(double[] a, double[] b) {
    double[] result = new double[9];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        for (int k = 0; k < 3; k++) {
          result[3 * row + column] += a[3 * row + k] * b[3 * k + column];
        }
      }
    }
    return result;
  }

  static Affine affine(double[] m, SplittableRandom random) {
    double[] origin = random.doubles(3, -500, 500).toArray();
    return Affine.of(
        m[0], m[1], m[2], origin[0], m[3], m[4], m[5], origin[1], m[6], m[7], m[8], origin[2]);
  }

  @ParameterizedTest
  @EnumSource
  void distancesEqualBruteForceInWorldSpace(Axes axes) {
    for (long seed = 1; seed <= 30; seed++) {
      String which = axes + ", seed " + seed;
      SplittableRandom random = new SplittableRandom(seed);
      Grid grid =
          new Grid(
              1 + random.nextInt(10),
              1 + random.nextInt(10),
              1 + random.nextInt(10),
              affine(axes.matrix(random), random));
      byte[] reference = balls(grid, random);
      byte[] predicted = balls(grid, random);
      boolean perpendicular = axes == Axes.RIGHT_ANGLED || axes == Axes.ROUNDED;
      assertEquals(perpendicular, grid.affine().hasRightAngles(), which);
      List<double[]> here = surface(grid, reference);
      List<double[]> there = surface(grid, predicted);
      double[] one = nearest(here, there);
      double[] other = nearest(there, here);
      SurfaceDistances distances =
          SurfaceDistances.between(grid, reference, predicted, 1).orElseThrow();
      double expected = Math.max(percentile95(one), percentile95(other));
      assertEquals(expected, distances.hausdorff95Mm(), 1e-5 * (1 + expected), which);
      double sum = Arrays.stream(one).sum() + Arrays.stream(other).sum();
      int count = here.size() + there.size();
      assertEquals(sum / count, distances.averageSymmetricMm(), 1e-5 * (1 + sum / count), which);
      double tolerance = 1.7320508;
      long near =
          Arrays.stream(one).filter(mm -> mm <= tolerance).count()
              + Arrays.stream(other).filter(mm -> mm <= tolerance).count();
      assertEquals((double) near / count, distances.surfaceDice(tolerance), 1e-12, which);
      double diagonal = VoxelSteps.diagonalMm(grid);
      assertEquals(longestDiagonal(grid), diagonal, 1e-9 * (1 + diagonal), which);
      assertTrue(distances.hausdorff95Mm() <= diagonal * (1 + 1e-6), which);
    }
  }

  private static double longestDiagonal(Grid grid) {
    double longest = 0;
    for (int one = 0; one < 8; one++) {
      for (int other = 0; other < 8; other++) {
        double[] a = corner(grid, one);
        double[] b = corner(grid, other);
        longest = Math.max(longest, distance(a, b));
      }
    }
    return longest;
  }

  private static double[] corner(Grid grid, int bits) {
    return grid.affine()
        .apply(
            (bits & 1) * (grid.nx() - 1),
            (bits >> 1 & 1) * (grid.ny() - 1),
            (bits >> 2) * (grid.nz() - 1));
  }

  /**
   * A gantry tilted by 15°: one voxel above another is not the spacing of slices away along z, but
   * 4 / cos 15 = 4.141 mm along the tilted axis, and the voxel of the next slice that is nearest in
   * the world lies elsewhere: 4 tan 15 = 1.072 mm per slice, about one voxel of 1 mm.
   */
  @Test
  void aTiltOfFifteenDegreesByHand() {
    double shift = 4 * Math.tan(Math.toRadians(15));
    Grid grid = new Grid(9, 9, 5, Affine.of(1, 0, 0, 0, 0, 1, shift, 0, 0, 0, 4, 0));
    byte[] reference = new byte[grid.size()];
    byte[] predicted = new byte[grid.size()];
    reference[grid.index(4, 6, 1)] = 1;
    predicted[grid.index(4, 2, 4)] = 1;
    // Three slices of 4 mm up; along y 4 voxels back and three shifts forth.
    double expected = Math.hypot(12, -4 + 3 * shift);
    SurfaceDistances distances =
        SurfaceDistances.between(grid, reference, predicted, 1).orElseThrow();
    assertEquals(expected, distances.hausdorff95Mm(), 1e-12);
    assertEquals(expected, distances.averageSymmetricMm(), 1e-12);
    assertTrue(Math.abs(expected - Math.hypot(3 * Math.hypot(4, shift), 4)) > 0.9, "the spacings'");
  }

  /** 2 mm apart in whole steps of 1 mm: within 2 mm, however the header is rounded. */
  @Test
  void roundingOfAHeaderDoesNotDecideWhatIsWithinTheTolerance() {
    for (long seed = 1; seed <= 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] rounded = new double[9];
      double[] exact = rotation(random);
      Arrays.setAll(rounded, i -> (float) exact[i]);
      Grid grid = new Grid(5, 1, 1, affine(rounded, random));
      SurfaceDistances distances =
          SurfaceDistances.between(grid, new byte[] {1, 0, 0, 0, 0}, new byte[] {0, 0, 1, 0, 0}, 1)
              .orElseThrow();
      assertEquals(1, distances.surfaceDice(2), "seed " + seed);
      assertEquals(0, distances.surfaceDice(1.999), "seed " + seed);
    }
  }

  @Test
  void theNearestPointIsFoundAmongEqualAndCollinearOnes() {
    for (long seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int range = 1 + random.nextInt(12);
      double[] points = integers(random, 1 + random.nextInt(200), range, seed % 3 == 0);
      double[] queries = integers(random, 50, 2 * range, false);
      double[] found = new NearestPoint(points).distances(queries);
      for (int q = 0; q < found.length; q++) {
        double[] query = Arrays.copyOfRange(queries, 3 * q, 3 * q + 3);
        double expected = Double.POSITIVE_INFINITY;
        for (int p = 0; p < points.length; p += 3) {
          expected = Math.min(expected, distance(query, Arrays.copyOfRange(points, p, p + 3)));
        }
        assertEquals(expected, found[q], 1e-12, "seed " + seed + ", query " + q);
      }
    }
  }

  private static double[] integers(SplittableRandom random, int count, int range, boolean line) {
    double[] places = new double[3 * count];
    for (int i = 0; i < places.length; i++) {
      places[i] = line && i % 3 > 0 ? 4 : random.nextInt(range);
    }
    return places;
  }

  /** Two balls of about 100,000 surface voxels each: seconds, where all pairs take minutes. */
  @Test
  void largeSurfacesOnATiltedGridTakeSeconds() {
    Grid grid = new Grid(220, 220, 220, Affine.of(1, 0, 0, 0, 0, 1, 0.27, 0, 0, 0, 1, 0));
    assertFalse(grid.affine().hasRightAngles());
    byte[] reference = new byte[grid.size()];
    byte[] predicted = new byte[grid.size()];
    ball(grid, reference, 108, 108, 108, 105);
    ball(grid, predicted, 111, 110, 112, 100);
    byte[] inside = new byte[grid.size()];
    ball(grid, inside, 108, 108, 108, 30); // far from all of the other surface
    long start = System.nanoTime();
    assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          SurfaceDistances.between(grid, reference, predicted, 1);
          System.out.printf("tilted surfaces: %.1f s%n", (System.nanoTime() - start) * 1e-9);
          SurfaceDistances.between(grid, reference, inside, 1);
          System.out.printf("and far surfaces: %.1f s%n", (System.nanoTime() - start) * 1e-9);
        });
  }

  private static void ball(Grid grid, byte[] map, int x0, int y0, int z0, int radius) {
    for (int i = 0; i < map.length; i++) {
      int x = i % grid.nx() - x0;
      int y = i / grid.nx() % grid.ny() - y0;
      int z = i / grid.nx() / grid.ny() - z0;
      if (x * x + y * y + z * z <= radius * radius) {
        map[i] = 1;
      }
    }
  }

  static byte[] balls(Grid grid, SplittableRandom random) {
    byte[] map = new byte[grid.size()];
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      ball(
          grid,
          map,
          random.nextInt(grid.nx()),
          random.nextInt(grid.ny()),
          random.nextInt(grid.nz()),
          random.nextInt(4));
    }
    return map;
  }

  /** World places of the voxels of class 1 with a face neighbour that is not. */
  private static List<double[]> surface(Grid grid, byte[] map) {
    List<double[]> found = new ArrayList<>();
    int[][] steps = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
    for (int i = 0; i < map.length; i++) {
      int x = i % grid.nx();
      int y = i / grid.nx() % grid.ny();
      int z = i / grid.nx() / grid.ny();
      if (map[i] == 1
          && Arrays.stream(steps).anyMatch(s -> !in(grid, map, x + s[0], y + s[1], z + s[2]))) {
        found.add(grid.affine().apply(x, y, z));
      }
    }
    return found;
  }

  private static boolean in(Grid grid, byte[] map, int x, int y, int z) {
    boolean inside = x >= 0 && y >= 0 && z >= 0 && x < grid.nx() && y < grid.ny() && z < grid.nz();
    return inside && map[grid.index(x, y, z)] == 1;
  }

  static double[] nearest(List<double[]> from, List<double[]> to) {
    return from.stream()
        .mapToDouble(a -> to.stream().mapToDouble(b -> distance(a, b)).min().orElseThrow())
        .toArray();
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        (a[0] - b[0]) * (a[0] - b[0])
            + (a[1] - b[1]) * (a[1] - b[1])
            + (a[2] - b[2]) * (a[2] - b[2]));
  }

  /** Where the straight line through the sorted values reaches 95% of the way. */
  static double percentile95(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double way = 0.95 * (sorted.length - 1);
    int left = (int) way;
    return left + 1 == sorted.length
        ? sorted[left]
        : sorted[left] * (left + 1 - way) + sorted[left + 1] * (way - left);
  }
}
