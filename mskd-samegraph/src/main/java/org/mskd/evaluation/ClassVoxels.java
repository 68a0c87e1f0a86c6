package org.mskd.evaluation;

import java.util.Arrays;
import java.util.Optional;
import org.mskd.volume.Grid;

/**
 * The voxels of each class in a reference and in a prediction, found in one pass over both: their
 * counts, and the block that holds them. Voxels that the reference leaves out ({@link
 * CaseScorer#IGNORED}) count for no class.
 */
final class ClassVoxels {
  private static final int CLASSES = 256;

  private final long[] inReference = new long[CLASSES];
  private final long[] inPrediction = new long[CLASSES];
  private final long[] inBoth = new long[CLASSES];
  private final int[][] low = new int[CLASSES][3];
  private final int[][] high = new int[CLASSES][3];

  private ClassVoxels() {
    for (int value = 0; value < CLASSES; value++) {
      Arrays.fill(low[value], Integer.MAX_VALUE);
      Arrays.fill(high[value], -1);
    }
  }

  /**
   * Counts the voxels.
   *
   * @param grid where both maps lie
   * @param reference class of each voxel, unsigned bytes
   * @param predicted class of each voxel
   * @throws IllegalArgumentException if a map does not fit the grid
   */
  static ClassVoxels of(Grid grid, byte[] reference, byte[] predicted) {
    if (reference.length != grid.size() || predicted.length != grid.size()) {
      throw new IllegalArgumentException(
          "class maps of %d and %d voxels on a grid of %d"
              .formatted(reference.length, predicted.length, grid.size()));
    }
    ClassVoxels voxels = new ClassVoxels();
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          if ((reference[i] | predicted[i]) != 0) {
            voxels.add(reference[i] & 0xFF, predicted[i] & 0xFF, x, y, z);
          }
        }
      }
    }
    return voxels;
  }

  private void add(int truth, int guess, int x, int y, int z) {
    if (truth == CaseScorer.IGNORED) {
      return;
    }
    if (truth != 0) {
      inReference[truth]++;
      extend(truth, x, y, z);
    }
    if (guess != 0) {
      inPrediction[guess]++;
      if (guess == truth) {
        inBoth[guess]++;
      } else {
        extend(guess, x, y, z);
      }
    }
  }

  private void extend(int value, int x, int y, int z) {
    int[] from = low[value];
    int[] to = high[value];
    from[0] = Math.min(from[0], x);
    from[1] = Math.min(from[1], y);
    from[2] = Math.min(from[2], z);
    to[0] = Math.max(to[0], x);
    to[1] = Math.max(to[1], y);
    to[2] = z;
  }

  long inReference(int value) {
    return inReference[value];
  }

  long inPrediction(int value) {
    return inPrediction[value];
  }

  long inBoth(int value) {
    return inBoth[value];
  }

  /** The smallest block that holds every voxel of a class in either map; empty if there is none. */
  Optional<VoxelBox> box(int value) {
    int[] from = low[value];
    int[] to = high[value];
    return to[0] < 0
        ? Optional.empty()
        : Optional.of(
            new VoxelBox(
                from[0],
                from[1],
                from[2],
                to[0] - from[0] + 1,
                to[1] - from[1] + 1,
                to[2] - from[2] + 1));
  }
}
