package org.mskd.evaluation;

import java.util.Optional;
import org.mskd.volume.Grid;

/**
 * A block of a grid: first voxel and voxel counts along each axis.
 *
 * <p>Distances between two surfaces need no voxel outside the block that holds both.
 */
record VoxelBox(int x0, int y0, int z0, int nx, int ny, int nz) {
  /** The smallest block that holds every voxel of a class in either map; empty if there is none. */
  static Optional<VoxelBox> around(Grid grid, byte[] first, byte[] second, byte value) {
    int lowX = Integer.MAX_VALUE;
    int lowY = Integer.MAX_VALUE;
    int lowZ = Integer.MAX_VALUE;
    int highX = -1;
    int highY = -1;
    int highZ = -1;
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          if (first[i] == value || second[i] == value) {
            lowX = Math.min(lowX, x);
            highX = Math.max(highX, x);
            lowY = Math.min(lowY, y);
            highY = Math.max(highY, y);
            lowZ = Math.min(lowZ, z);
            highZ = z;
          }
        }
      }
    }
    return highX < 0
        ? Optional.empty()
        : Optional.of(
            new VoxelBox(lowX, lowY, lowZ, highX - lowX + 1, highY - lowY + 1, highZ - lowZ + 1));
  }

  int size() {
    return nx * ny * nz;
  }
}
