package org.mskd.evaluation;

import java.util.Arrays;
import org.mskd.volume.Grid;

/** Finds the voxels of a class that touch another class across a face, or the volume's border. */
final class Surface {
  private Surface() {}

  /**
   * @return positions of the surface voxels in {@code box}, x fastest, ascending
   */
  static int[] voxels(Grid grid, byte[] map, byte value, VoxelBox box) {
    int[] found = new int[1024];
    int count = 0;
    for (int z = 0, position = 0; z < box.nz(); z++) {
      for (int y = 0; y < box.ny(); y++) {
        int row = grid.index(box.x0(), box.y0() + y, box.z0() + z);
        for (int x = 0; x < box.nx(); x++, position++) {
          if (map[row + x] == value
              && touchesOther(
                  grid, map, value, box.x0() + x, box.y0() + y, box.z0() + z, row + x)) {
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

  private static boolean touchesOther(
      Grid grid, byte[] map, byte value, int x, int y, int z, int i) {
    int nx = grid.nx();
    int slice = nx * grid.ny();
    return x == 0
        || y == 0
        || z == 0
        || x == nx - 1
        || y == grid.ny() - 1
        || z == grid.nz() - 1
        || map[i - 1] != value
        || map[i + 1] != value
        || map[i - nx] != value
        || map[i + nx] != value
        || map[i - slice] != value
        || map[i + slice] != value;
  }
}
