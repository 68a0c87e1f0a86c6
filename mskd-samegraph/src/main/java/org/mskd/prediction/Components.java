package org.mskd.prediction;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;

/**
 * The connected components of one class: voxels that touch by a face, an edge or a corner (26
 * neighbours) belong together. Found by runs along rows and union of touching runs, so that memory
 * grows with the class' surface and not with the volume.
 */
final class Components {
  private final Grid grid;
  private final byte[] classes;
  private final byte organ;

  /** First run of each row, and past the last run at the end. */
  private final int[] rows;

  private int[] starts = new int[1024];
  private int[] ends = new int[1024];
  private int[] parents = new int[1024];
  private int count;

  private Components(ClassMap map, int organ) {
    this.grid = map.grid();
    this.classes = map.classes();
    this.organ = (byte) organ;
    this.rows = new int[grid.ny() * grid.nz() + 1];
  }

  /**
   * Makes all components of a class background but the largest. Of two equally large ones the first
   * in the order of voxels is kept.
   *
   * @param map changed in place
   * @param organ the class, from 1
   * @param kept how many are kept
   */
  static void keepLargest(ClassMap map, int organ, int kept) {
    Components components = new Components(map, organ);
    components.find();
    components.remove(kept);
  }

  private void find() {
    for (int z = 0, row = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++, row++) {
        rows[row] = count;
        addRuns(grid.index(0, y, z));
        rows[row + 1] = count;
        if (y > 0) {
          join(row, row - 1);
        }
        for (int dy = -1; z > 0 && dy <= 1; dy++) {
          if (y + dy >= 0 && y + dy < grid.ny()) {
            join(row, row - grid.ny() + dy);
          }
        }
      }
    }
  }

  private void addRuns(int begin) {
    for (int x = 0; x < grid.nx(); x++) {
      if (classes[begin + x] == organ) {
        int from = x;
        while (x < grid.nx() && classes[begin + x] == organ) {
          x++;
        }
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
          ends = Arrays.copyOf(ends, 2 * count);
          parents = Arrays.copyOf(parents, 2 * count);
        }
        starts[count] = begin + from;
        ends[count] = begin + x;
        parents[count] = count;
        count++;
      }
    }
  }

  /** Joins the runs of two rows that touch, also across a corner. */
  private void join(int row, int other) {
    int shift = (row - other) * grid.nx();
    int a = rows[row];
    int b = rows[other];
    while (a < rows[row + 1] && b < rows[other + 1]) {
      int start = starts[b] + shift;
      int end = ends[b] + shift;
      if (starts[a] <= end && start <= ends[a]) {
        int first = root(a);
        int second = root(b);
        parents[Math.max(first, second)] = Math.min(first, second);
      }
      if (ends[a] <= end) {
        a++;
      } else {
        b++;
      }
    }
  }

  private int root(int run) {
    int root = run;
    while (parents[root] != root) {
      root = parents[root];
    }
    for (int at = run; at != root; ) {
      int next = parents[at];
      parents[at] = root;
      at = next;
    }
    return root;
  }

  private void remove(int kept) {
    long[] sizes = new long[count];
    for (int run = 0; run < count; run++) {
      sizes[root(run)] += ends[run] - starts[run];
    }
    List<Integer> largest =
        IntStream.range(0, count)
            .filter(run -> sizes[run] > 0)
            .boxed()
            .sorted(Comparator.comparingLong((Integer run) -> -sizes[run]).thenComparing(r -> r))
            .limit(kept)
            .toList();
    Set<Integer> keep = new HashSet<>(largest);
    for (int run = 0; run < count; run++) {
      if (!keep.contains(root(run))) {
        Arrays.fill(classes, starts[run], ends[run], (byte) 0);
      }
    }
  }
}
