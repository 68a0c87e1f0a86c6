package org.mskd.volume;

/**
 * The class of each voxel on a grid, first axis fastest: a quarter of what a {@link Volume} takes.
 * The array is shared, not copied: it belongs to the map and must not be changed afterwards.
 *
 * @param grid where the voxels lie
 * @param classes {@code [nz][ny][nx]} flattened, unsigned bytes; 0 is background
 */
@SuppressWarnings("ArrayRecordComponent") // a hundred MiB: shared on purpose, never compared
public record ClassMap(Grid grid, byte[] classes) implements Voxels, ByteVoxels {
  /** The class of a voxel that is left out of the scores. */
  public static final int IGNORED = 255;

  public ClassMap {
    if (classes.length != grid.size()) {
      throw new IllegalArgumentException(classes.length + " classes on a grid of " + grid.size());
    }
  }

  /** The class of voxel (x, y, z), 0 to 255. */
  public int at(int x, int y, int z) {
    return Byte.toUnsignedInt(classes[grid.index(x, y, z)]);
  }

  @Override
  public void copy(int from, int count, float[] out, int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = Byte.toUnsignedInt(classes[from + i]);
    }
  }

  @Override
  public void copyRow(int x, int y, int z, int count, byte[] out, int at) {
    System.arraycopy(classes, grid.index(x, y, z), out, at, count);
  }
}
