package org.mskd.volume;

/**
 * Reads canonical voxels in the order of a file, front to back, without a reordered copy of all of
 * them: a slab of some planes of the file at a time. A slab is filled in blocks, so that the rows
 * of both orders stay in cache also where the file's first axis is the canonical third.
 */
final class FileOrder {
  /** Blocks have this many voxels a side, one cache line of bytes. */
  private static final int BLOCK = 64;

  /** A slab has at most this many bytes, or is one plane. */
  private static final int SLAB_BYTES = 1 << 25;

  private final ByteVoxels canonical;
  private final Grid file;
  private final Orientation orientation;
  private final int planes;
  private final byte[] slab;
  private final byte[] row = new byte[BLOCK];
  private int first = -1;

  /**
   * @param canonical on the canonical grid of {@code file}
   * @param file the file's grid
   */
  FileOrder(ByteVoxels canonical, Grid file) {
    this.canonical = canonical;
    this.file = file;
    this.orientation = Orientation.of(file.affine());
    int plane = file.nx() * file.ny();
    this.planes = Math.min(file.nz(), Math.max(1, Math.min(BLOCK, SLAB_BYTES / plane)));
    this.slab = new byte[planes * plane];
  }

  /** Copies {@code count} voxels from the file's {@code from}-th on; fastest from front to back. */
  void copy(int from, int count, byte[] out) {
    int plane = file.nx() * file.ny();
    int done = 0;
    while (done < count) {
      int at = from + done;
      int z = at / plane / planes * planes;
      if (z != first) {
        fill(z);
      }
      int offset = at - z * plane;
      int part = Math.min(count - done, slab.length - offset);
      System.arraycopy(slab, offset, out, done, part);
      done += part;
    }
  }

  private void fill(int z) {
    first = z;
    int[] from = new int[3];
    int[] to = new int[3];
    for (int world = 0; world < 3; world++) {
      int axis = orientation.voxelAxis(world);
      int extent = file.extent(axis);
      int low = axis == 2 ? z : 0;
      int high = axis == 2 ? Math.min(extent, z + planes) : extent;
      from[world] = orientation.flipped(world) ? extent - high : low;
      to[world] = orientation.flipped(world) ? extent - low : high;
    }
    for (int c = from[2]; c < to[2]; c += BLOCK) {
      for (int b = from[1]; b < to[1]; b += BLOCK) {
        for (int a = from[0]; a < to[0]; a += BLOCK) {
          block(
              a,
              b,
              c,
              Math.min(BLOCK, to[0] - a),
              Math.min(b + BLOCK, to[1]),
              Math.min(c + BLOCK, to[2]));
        }
      }
    }
  }

  private void block(int a, int b0, int c0, int count, int b1, int c1) {
    int step = stride(0);
    for (int c = c0; c < c1; c++) {
      for (int b = b0; b < b1; b++) {
        int at = part(0, a) + part(1, b) + part(2, c) - first * file.nx() * file.ny();
        if (step == 1) {
          canonical.copyRow(a, b, c, count, slab, at);
        } else {
          canonical.copyRow(a, b, c, count, row, 0);
          for (int i = 0; i < count; i++) {
            slab[at + i * step] = row[i];
          }
        }
      }
    }
  }

  /** What a step along a canonical axis is in the file. */
  private int stride(int world) {
    int stride =
        switch (orientation.voxelAxis(world)) {
          case 0 -> 1;
          case 1 -> file.nx();
          default -> file.nx() * file.ny();
        };
    return orientation.flipped(world) ? -stride : stride;
  }

  /** What a canonical index adds to the position in the file. */
  private int part(int world, int index) {
    int last = file.extent(orientation.voxelAxis(world)) - 1;
    return Math.abs(stride(world)) * (orientation.flipped(world) ? last - index : index);
  }
}
