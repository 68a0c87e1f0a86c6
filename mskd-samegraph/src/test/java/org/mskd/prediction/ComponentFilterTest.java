package org.mskd.prediction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.KeptComponents;
import org.mskd.volume.Affine;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;

class ComponentFilterTest {
  private static final List<String> ORGANS = List.of("liver", "kidney");

  @Test
  void theLargestComponentsOfAnOrganAreKept() {
    Grid grid = new Grid(9, 2, 1, Affine.scaling(1, 1, 1));
    // The liver's island at x 8 touches nothing; the kidney has parts of 2, 1 and 1 voxels, of
    // which the first touches the second at a corner.
    byte[] classes = {
      1, 1, 0, 2, 2, 0, 2, 0, 1, //
      1, 0, 0, 0, 0, 2, 0, 0, 0
    };
    new ComponentFilter(
            List.of(new KeptComponents("liver", 1), new KeptComponents("kidney", 1)), ORGANS)
        .apply(new ClassMap(grid, classes));
    assertArrayEquals(
        new byte[] {
          1, 1, 0, 2, 2, 0, 2, 0, 0, //
          1, 0, 0, 0, 0, 2, 0, 0, 0
        },
        classes);
  }

  @Test
  void withoutDeclarationAllIsKept() {
    Grid grid = new Grid(3, 1, 1, Affine.scaling(1, 1, 1));
    byte[] classes = {1, 0, 1};
    new ComponentFilter(List.of(new KeptComponents("kidney", 1)), ORGANS)
        .apply(new ClassMap(grid, classes));
    assertArrayEquals(new byte[] {1, 0, 1}, classes);
  }

  /** Against a flood fill over the 26 neighbours. */
  @Test
  void randomMapsAreAsFloodFillLeavesThem() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      Grid grid =
          new Grid(
              random.nextInt(1, 9),
              random.nextInt(1, 9),
              random.nextInt(1, 9),
              Affine.scaling(1, 1, 1));
      double density = random.nextDouble(0.5);
      byte[] classes = new byte[grid.size()];
      for (int i = 0; i < classes.length; i++) {
        classes[i] = (byte) (random.nextDouble() < density ? 1 : random.nextInt(2) * 2);
      }
      int kept = random.nextInt(1, 4);
      byte[] expected = flooded(grid, classes, kept);
      new ComponentFilter(List.of(new KeptComponents("liver", kept)), ORGANS)
          .apply(new ClassMap(grid, classes));
      assertArrayEquals(expected, classes, "seed " + seed + ", round " + round);
    }
  }

  private static byte[] flooded(Grid grid, byte[] classes, int kept) {
    boolean[] seen = new boolean[classes.length];
    List<List<Integer>> components = new ArrayList<>();
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] == 1 && !seen[i]) {
        components.add(flood(grid, classes, seen, i));
      }
    }
    // A stable sort: of equal ones the first stays first.
    components.sort(Comparator.comparingInt((List<Integer> c) -> -c.size()));
    byte[] result = classes.clone();
    components.stream().skip(kept).flatMap(List::stream).forEach(i -> result[i] = 0);
    return result;
  }

  private static List<Integer> flood(Grid grid, byte[] classes, boolean[] seen, int start) {
    List<Integer> component = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(start));
    seen[start] = true;
    while (!open.isEmpty()) {
      int i = open.pop();
      component.add(i);
      int x = i % grid.nx();
      int y = i / grid.nx() % grid.ny();
      int z = i / grid.nx() / grid.ny();
      for (int n = 0; n < 27; n++) {
        int a = x + n % 3 - 1;
        int b = y + n / 3 % 3 - 1;
        int c = z + n / 9 - 1;
        if (a >= 0 && b >= 0 && c >= 0 && a < grid.nx() && b < grid.ny() && c < grid.nz()) {
          int at = grid.index(a, b, c);
          if (classes[at] == 1 && !seen[at]) {
            seen[at] = true;
            open.push(at);
          }
        }
      }
    }
    return component;
  }
}
