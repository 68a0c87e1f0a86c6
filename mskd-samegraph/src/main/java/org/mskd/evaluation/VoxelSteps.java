package org.mskd.evaluation;

import org.mskd.volume.Affine;
import org.mskd.volume.Grid;

/**
 * The steps from a voxel to its next neighbour along each axis, as vectors in world space (mm). In
 * a volume that was acquired with a tilted gantry they are not at right angles.
 */
final class VoxelSteps {
  private final double[][] steps = new double[3][3];

  private VoxelSteps(Affine affine) {
    for (int axis = 0; axis < 3; axis++) {
      for (int row = 0; row < 3; row++) {
        steps[axis][row] = affine.get(row, axis);
      }
    }
  }

  static VoxelSteps of(Grid grid) {
    return new VoxelSteps(grid.affine());
  }

  /**
   * The longest distance between the centres of two opposite corner voxels, mm. No two voxels of
   * the grid are farther apart.
   */
  static double diagonalMm(Grid grid) {
    VoxelSteps steps = of(grid);
    double longest = 0;
    for (int signs = 0; signs < 4; signs++) {
      int y = (signs & 1) == 0 ? grid.ny() - 1 : 1 - grid.ny();
      int z = (signs & 2) == 0 ? grid.nz() - 1 : 1 - grid.nz();
      double[] diagonal = steps.vector(grid.nx() - 1, y, z);
      longest = Math.max(longest, Math.sqrt(dot(diagonal, diagonal)));
    }
    return longest;
  }

  /**
   * Where voxels of a block lie.
   *
   * @param positions in the block, x fastest
   * @return x, y, z of each in mm, relative to the block's first voxel
   */
  double[] place(VoxelBox box, int[] positions) {
    double[] places = new double[3 * positions.length];
    for (int i = 0; i < positions.length; i++) {
      int row = positions[i] / box.nx();
      double[] place = vector(positions[i] % box.nx(), row % box.ny(), row / box.ny());
      System.arraycopy(place, 0, places, 3 * i, 3);
    }
    return places;
  }

  private double[] vector(int x, int y, int z) {
    double[] vector = new double[3];
    for (int row = 0; row < 3; row++) {
      vector[row] = steps[0][row] * x + steps[1][row] * y + steps[2][row] * z;
    }
    return vector;
  }

  private static double dot(double[] one, double[] other) {
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
  }
}
