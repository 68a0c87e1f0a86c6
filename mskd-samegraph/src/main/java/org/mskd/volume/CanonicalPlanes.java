package org.mskd.volume;

import java.util.stream.IntStream;

/**
 * The axial planes of a volume in canonical orientation (RAS+), made on request from voxels in the
 * order of their file, so that no reordered copy of the volume is held. Where the file's last axis
 * is not the axial one, a few neighbouring planes are made at once, since each needs a pass over
 * the volume. Holds scratch memory: one thread at a time.
 */
public final class CanonicalPlanes {
  /** Planes that are made at once where the file holds no axial planes. */
  private static final int TOGETHER = 16;

  private final Voxels voxels;
  private final Grid file;
  private final Grid canonical;

  /** The file's axis that runs along each world axis. */
  private final int[] axes = new int[3];

  private final boolean[] flipped = new boolean[3];

  /** Step in a canonical plane along each of the file's axes; 0 along the axial one. */
  private final int[] steps = new int[3];

  private final int origin;
  private float[] run;
  private float[][] block = new float[0][];
  private int first;

  /** Planes of these voxels, whatever their order. */
  public CanonicalPlanes(Voxels voxels) {
    this.voxels = voxels;
    this.file = voxels.grid();
    this.canonical = Orientation.canonical(file);
    Orientation orientation = Orientation.of(file.affine());
    for (int world = 0; world < 3; world++) {
      axes[world] = orientation.voxelAxis(world);
      flipped[world] = orientation.flipped(world);
    }
    steps[axes[0]] = flipped[0] ? -1 : 1;
    steps[axes[1]] = flipped[1] ? -canonical.nx() : canonical.nx();
    this.origin =
        (flipped[0] ? canonical.nx() - 1 : 0)
            + (flipped[1] ? (canonical.ny() - 1) * canonical.nx() : 0);
  }

  /** The grid in canonical orientation. */
  public Grid grid() {
    return canonical;
  }

  /** Number of voxels in a plane. */
  public int area() {
    return canonical.nx() * canonical.ny();
  }

  /**
   * Copies one plane.
   *
   * @param z which plane, 0 at the feet
   * @param out receives {@code [ny][nx]} from 0
   */
  public void plane(int z, float[] out) {
    if (axes[2] == 2) {
      filePlane(flipped[2] ? canonical.nz() - 1 - z : z, out);
      return;
    }
    if (z < first || z >= first + block.length) {
      load(z - z % TOGETHER);
    }
    System.arraycopy(block[z - first], 0, out, 0, area());
  }

  private void filePlane(int plane, float[] out) {
    int from = plane * area();
    if (steps[0] == 1 && steps[1] == canonical.nx()) {
      voxels.copy(from, area(), out, 0);
      return;
    }
    float[] row = run(file.nx());
    for (int y = 0; y < file.ny(); y++) {
      voxels.copy(from + y * file.nx(), file.nx(), row, 0);
      int to = origin + y * steps[1];
      for (int x = 0; x < row.length; x++, to += steps[0]) {
        out[to] = row[x];
      }
    }
  }

  private void load(int wanted) {
    int count = Math.min(TOGETHER, canonical.nz() - wanted);
    if (block.length != count) {
      block = new float[0][]; // frees the last one before the next is made
      block = IntStream.range(0, count).mapToObj(n -> new float[area()]).toArray(float[][]::new);
    }
    first = wanted;
    for (int n = 0; n < count; n++) {
      if (axes[2] == 1) {
        alongRows(flipped[2] ? canonical.nz() - 1 - wanted - n : wanted + n, block[n]);
      }
    }
    if (axes[2] == 0) {
      acrossRows(flipped[2] ? canonical.nz() - wanted - count : wanted, count);
    }
  }

  /** The plane of the file's rows {@code y}. */
  private void alongRows(int y, float[] out) {
    float[] row = run(file.nx());
    for (int z = 0; z < file.nz(); z++) {
      voxels.copy(file.index(0, y, z), file.nx(), row, 0);
      int to = origin + z * steps[2];
      for (int x = 0; x < row.length; x++, to += steps[0]) {
        out[to] = row[x];
      }
    }
  }

  /** The planes of the file's columns from {@code x} on. */
  private void acrossRows(int x, int count) {
    float[] some = run(count);
    for (int z = 0; z < file.nz(); z++) {
      for (int y = 0; y < file.ny(); y++) {
        voxels.copy(file.index(x, y, z), count, some, 0);
        int to = origin + y * steps[1] + z * steps[2];
        for (int n = 0; n < count; n++) {
          block[flipped[2] ? count - 1 - n : n][to] = some[n];
        }
      }
    }
  }

  private float[] run(int length) {
    if (run == null || run.length != length) {
      run = new float[length];
    }
    return run;
  }
}
