package org.mskd.evaluation;

/**
 * A block of a grid: first voxel and voxel counts along each axis.
 *
 * <p>Distances between two surfaces need no voxel outside the block that holds both.
 */
record VoxelBox(int x0, int y0, int z0, int nx, int ny, int nz) {
  int size() {
    return nx * ny * nz;
  }
}
