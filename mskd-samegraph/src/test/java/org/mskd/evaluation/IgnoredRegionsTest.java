package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mskd.volume.Grid;

/** Random maps with regions that the reference leaves out, against brute force in world space. */
class IgnoredRegionsTest {
  private static final byte IGNORED = (byte) CaseScorer.IGNORED;
  private static final double TOLERANCE = 1.7320508;
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private static final List<WorldDistancesTest.Axes> AXES =
      List.of(WorldDistancesTest.Axes.values());

  /** Where a reference is ignored. */
  enum Region {
    NOWHERE {
      @Override
      boolean has(Grid grid, byte[] reference, int i, SplittableRandom random) {
        return false;
      }
    },
    SCATTERED {
      @Override
      boolean has(Grid grid, byte[] reference, int i, SplittableRandom random) {
        return random.nextInt(5) == 0;
      }
    },
    INSIDE_ORGANS {
      @Override
      boolean has(Grid grid, byte[] reference, int i, SplittableRandom random) {
        return reference[i] != 0 && inside(grid, reference, i) && random.nextInt(3) > 0;
      }
    },
    /** On both sides of the boundaries in one half of the volume. */
    ALONG_BOUNDARIES {
      @Override
      boolean has(Grid grid, byte[] reference, int i, SplittableRandom random) {
        return i % grid.nx() < grid.nx() / 2 && !inside(grid, reference, i);
      }
    },
    ALL_BUT_ORGANS {
      @Override
      boolean has(Grid grid, byte[] reference, int i, SplittableRandom random) {
        return reference[i] == 0;
      }
    },
    ALL_BUT_THE_INSIDE_OF_ORGANS {
      @Override
      boolean has(Grid grid, byte[] reference, int i, SplittableRandom random) {
        return reference[i] == 0 || !inside(grid, reference, i);
      }
    };

    abstract boolean has(Grid grid, byte[] reference, int i, SplittableRandom random);

    byte[] ignoredIn(Grid grid, byte[] reference, SplittableRandom random) {
      byte[] result = reference.clone();
      for (int i = 0; i < result.length; i++) {
        if (has(grid, reference, i, random)) {
          result[i] = IGNORED;
        }
      }
      return result;
    }

    private static boolean inside(Grid grid, byte[] map, int i) {
      return neighbours(grid, i).allMatch(j -> j >= 0 && map[j] == map[i]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void scoresEqualBruteForce(Region region) {
    CaseScorer scorer = new CaseScorer(List.of("liver", "spleen"), TOLERANCE);
    int measured = 0;
    int withoutSurface = 0;
    for (long seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      WorldDistancesTest.Axes axes = AXES.get((int) (seed % AXES.size()));
      Grid grid =
          new Grid(
              3 + random.nextInt(8),
              3 + random.nextInt(8),
              3 + random.nextInt(8),
              WorldDistancesTest.affine(axes.matrix(random), random));
      byte[] reference = region.ignoredIn(grid, organs(grid, random), random);
      byte[] predicted = organs(grid, random);
      byte[] referenceBefore = reference.clone();
      byte[] predictedBefore = predicted.clone();
      String which = region + ", " + axes + ", seed " + seed;
      List<CaseScore> scores = scorer.score("a", grid, reference, predicted);
      for (int organ = 1; organ <= 2; organ++) {
        CaseScore score = scores.get(organ - 1);
        assertScore(grid, reference, predicted, organ, score, which);
        measured += score.hd95Mm().isPresent() ? 1 : 0;
        withoutSurface +=
            score.dice().isPresent() && !score.missed() && score.hd95Mm().isEmpty() ? 1 : 0;
      }
      assertArrayEquals(referenceBefore, reference, "not changed, " + which);
      assertArrayEquals(predictedBefore, predicted, "not changed, " + which);
      for (int i = 0; i < predicted.length; i++) {
        predicted[i] = reference[i] == IGNORED ? (byte) random.nextInt(4) : predicted[i];
      }
      assertEquals(
          scores,
          scorer.score("a", grid, reference, predicted),
          "what is predicted on ignored voxels changes nothing, " + which);
    }
    System.out.printf("%s: %d measured, %d without surface%n", region, measured, withoutSurface);
    boolean none = region == Region.ALL_BUT_THE_INSIDE_OF_ORGANS;
    assertTrue(none ? measured == 0 : measured > 10, region + ": " + measured + " measured");
    boolean some = none || region == Region.ALL_BUT_ORGANS;
    assertTrue(!some || withoutSurface > 0, region + " has organs without a surface");
    assertTrue(region != Region.NOWHERE || withoutSurface == 0, "without ignored voxels");
  }

  private static void assertScore(
      Grid grid, byte[] reference, byte[] predicted, int organ, CaseScore score, String which) {
    int[] a = IntStream.range(0, grid.size()).filter(i -> reference[i] == organ).toArray();
    int[] b =
        IntStream.range(0, grid.size())
            .filter(i -> predicted[i] == organ && reference[i] != IGNORED)
            .toArray();
    long both = Arrays.stream(b).filter(i -> reference[i] == organ).count();
    double voxelMl = Math.abs(grid.affine().determinant()) / 1000;
    assertEquals(a.length * voxelMl, score.referenceMl(), 1e-12, which);
    assertEquals(b.length * voxelMl, score.predictedMl(), 1e-12, which);
    assertEquals(a.length > 0 && b.length == 0, score.missed(), which);
    assertEquals(a.length == 0 && b.length > 0, score.falsePositive(), which);
    assertEquals(
        a.length == 0 ? NONE : OptionalDouble.of(2.0 * both / (a.length + b.length)),
        score.dice(),
        which);
    List<double[]> here = surface(grid, a, reference, reference);
    List<double[]> there = surface(grid, b, predicted, reference);
    if (here.isEmpty() || there.isEmpty()) {
      assertEquals(score.missed() ? OptionalDouble.of(0) : NONE, score.surfaceDice(), which);
      assertEquals(NONE, score.hd95Mm(), which);
      assertEquals(NONE, score.assdMm(), which);
      return;
    }
    double[] one = WorldDistancesTest.nearest(here, there);
    double[] other = WorldDistancesTest.nearest(there, here);
    double[] all =
        IntStream.range(0, one.length + other.length)
            .mapToDouble(i -> i < one.length ? one[i] : other[i - one.length])
            .toArray();
    double hd95 =
        Math.max(WorldDistancesTest.percentile95(one), WorldDistancesTest.percentile95(other));
    double mean = Arrays.stream(all).average().orElseThrow();
    double near = Arrays.stream(all).filter(mm -> mm <= TOLERANCE).count();
    assertEquals(hd95, score.hd95Mm().getAsDouble(), 1e-5 * (1 + hd95), which);
    assertEquals(mean, score.assdMm().getAsDouble(), 1e-5 * (1 + mean), which);
    assertEquals(near / all.length, score.surfaceDice().getAsDouble(), 1e-12, which);
  }

  /** World places of those voxels of an organ that have a neighbour which is known not to be. */
  private static List<double[]> surface(Grid grid, int[] organ, byte[] map, byte[] reference) {
    List<double[]> found = new ArrayList<>();
    for (int i : organ) {
      boolean open =
          neighbours(grid, i).anyMatch(j -> j < 0 || (reference[j] != IGNORED && map[j] != map[i]));
      if (open) {
        int row = i / grid.nx();
        int z = row / grid.ny();
        found.add(grid.affine().apply(i % grid.nx(), row % grid.ny(), z));
      }
    }
    return found;
  }

  /** The six neighbours of a voxel; -1 for those beyond the border. */
  private static IntStream neighbours(Grid grid, int i) {
    int x = i % grid.nx();
    int y = i / grid.nx() % grid.ny();
    int z = i / grid.nx() / grid.ny();
    return IntStream.of(
        x == 0 ? -1 : grid.index(x - 1, y, z),
        x == grid.nx() - 1 ? -1 : grid.index(x + 1, y, z),
        y == 0 ? -1 : grid.index(x, y - 1, z),
        y == grid.ny() - 1 ? -1 : grid.index(x, y + 1, z),
        z == 0 ? -1 : grid.index(x, y, z - 1),
        z == grid.nz() - 1 ? -1 : grid.index(x, y, z + 1));
  }

  /** Balls of the first organ, and those of the second where the first is not. */
  private static byte[] organs(Grid grid, SplittableRandom random) {
    byte[] first = WorldDistancesTest.balls(grid, random);
    byte[] second = WorldDistancesTest.balls(grid, random);
    for (int i = 0; i < first.length; i++) {
      first[i] = first[i] == 0 && second[i] != 0 ? 2 : first[i];
    }
    return first;
  }
}
