package org.mskd.evaluation;

import java.util.Arrays;
import org.mskd.volume.Grid;

/**
 * Finds the voxels of an organ that touch a voxel outside it across a face, or the volume's border.
 * A voxel that the reference leaves out is outside, as is everything beyond the border.
 */
final class Surface {
  private Surface() {}

  /**
   * The surface voxels of an organ.
   *
   * @param box a block that holds the organ
   * @return positions of the surface voxels in {@code box}, x fastest, ascending
   */
  static int[] voxels(OrganMask organ, VoxelBox box) {
    Grid grid = organ.grid();
    int[] found = new int[1024];
    int count = 0;
    for (int z = 0, position = 0; z < box.nz(); z++) {
      for (int y = 0; y < box.ny(); y++) {
        int row = grid.index(box.x0(), box.y0() + y, box.z0() + z);
        for (int x = 0; x < box.nx(); x++, position++) {
          if (organ.has(row + x)
              && touchesOther(organ, box.x0() + x, box.y0() + y, box.z0() + z, row + x)) {
            if (count == found.length) {
              found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = position;
          }
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static boolean touchesOther(OrganMask organ, int x, int y, int z, int i) {
    Grid grid = organ.grid();
    int nx = grid.nx();
    int slice = nx * grid.ny();
    return x == 0
        || y == 0
        || z == 0
        || x == nx - 1
        || y == grid.ny() - 1
        || z == grid.nz() - 1
        || !organ.has(i - 1)
        || !organ.has(i + 1)
        || !organ.has(i - nx)
        || !organ.has(i + nx)
        || !organ.has(i - slice)
        || !organ.has(i + slice);
  }
}
