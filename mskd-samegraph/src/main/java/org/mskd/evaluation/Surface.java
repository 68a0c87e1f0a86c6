package org.mskd.evaluation;

import java.util.Arrays;
import org.mskd.volume.Grid;

/**
 * Finds the voxels of an organ that touch a voxel outside it across a face, or the volume's border.
 * A face towards a voxel that the reference leaves out is no surface, since it is unknown whether
 * the organ continues there. Counted, it would be a surface that both maps share, at distance 0.
 */
final class Surface {
  private Surface() {}

  /**
   * The surface voxels of an organ.
   *
   * @param box a block that holds the organ
   * @return positions of the surface voxels in {@code box}, x fastest, ascending; none where all
   *     neighbours outside the organ are left out
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
              && touchesOutside(organ, box.x0() + x, box.y0() + y, box.z0() + z, row + x)) {
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

  private static boolean touchesOutside(OrganMask organ, int x, int y, int z, int i) {
    Grid grid = organ.grid();
    int nx = grid.nx();
    int slice = nx * grid.ny();
    return x == 0
        || y == 0
        || z == 0
        || x == nx - 1
        || y == grid.ny() - 1
        || z == grid.nz() - 1
        || organ.excludes(i - 1)
        || organ.excludes(i + 1)
        || organ.excludes(i - nx)
        || organ.excludes(i + nx)
        || organ.excludes(i - slice)
        || organ.excludes(i + slice);
  }
}
