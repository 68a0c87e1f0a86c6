package org.mskd.volume;

/**
 * Takes the voxels of one grid in the order of another whose axes are the same up to order and
 * direction.
 */
final class VoxelMove {
  /** Cubes of this many voxels a side move at once, so that rows of both orders stay in cache. */
  private static final int BLOCK = 32;

  private final Grid source;
  private final Grid target;
  private final int[] steps = new int[3];
  private int start;

  /** All three axes of the target are to be set before voxels move. */
  VoxelMove(Grid source, Grid target) {
    this.source = source;
    this.target = target;
  }

  /** Sets the axis of the source that an axis of the target runs along, and its direction. */
  void along(int targetAxis, int sourceAxis, boolean backwards) {
    int stride =
        switch (sourceAxis) {
          case 0 -> 1;
          case 1 -> source.nx();
          default -> source.nx() * source.ny();
        };
    steps[targetAxis] = backwards ? -stride : stride;
    start += backwards ? (source.extent(sourceAxis) - 1) * stride : 0;
  }

  /** The source's voxels, as a new array in the target's order. */
  float[] of(float[] voxels) {
    float[] moved = new float[target.size()];
    move(
        (from, step, to, count) -> {
          for (int i = 0; i < count; i++) {
            moved[to + i] = voxels[from + i * step];
          }
        });
    return moved;
  }

  /** As {@link #of(float[])}. */
  byte[] of(byte[] voxels) {
    byte[] moved = new byte[target.size()];
    move(
        (from, step, to, count) -> {
          for (int i = 0; i < count; i++) {
            moved[to + i] = voxels[from + i * step];
          }
        });
    return moved;
  }

  /** Moves some voxels that are neighbours along the target's first axis. */
  @FunctionalInterface
  private interface Run {
    void move(int from, int step, int to, int count);
  }

  private void move(Run run) {
    for (int z = 0; z < target.nz(); z += BLOCK) {
      for (int y = 0; y < target.ny(); y += BLOCK) {
        for (int x = 0; x < target.nx(); x += BLOCK) {
          block(run, x, y, z);
        }
      }
    }
  }

  private void block(Run run, int x0, int y0, int z0) {
    int width = Math.min(BLOCK, target.nx() - x0);
    int step = steps[0];
    for (int z = z0; z < Math.min(z0 + BLOCK, target.nz()); z++) {
      for (int y = y0; y < Math.min(y0 + BLOCK, target.ny()); y++) {
        int from = start + x0 * step + y * steps[1] + z * steps[2];
        run.move(from, step, target.index(x0, y, z), width);
      }
    }
  }
}
