package org.mskd.volume;

import java.util.ArrayList;
import java.util.List;

/**
 * The voxels of a volume in the smallest arrays that hold them exactly: in blocks of {@value
 * #BLOCK}, each of bytes, shorts or floats. A CT volume of whole numbers takes 2 bytes per voxel,
 * whatever type its file has, and no array is larger than a block, so that a heap of little more
 * than the volume's size holds it.
 */
public final class PackedVoxels implements Voxels {
  static final int BLOCK = VoxelStream.BLOCK;

  private final Grid grid;
  private final List<Block> blocks;

  private PackedVoxels(Grid grid, List<Block> blocks) {
    this.grid = grid;
    this.blocks = blocks;
  }

  /** Consecutive voxels. */
  private interface Block {
    void copy(int from, int count, float[] out, int at);
  }

  @Override
  public Grid grid() {
    return grid;
  }

  @Override
  public void copy(int from, int count, float[] out, int at) {
    int done = 0;
    while (done < count) {
      int position = from + done;
      int within = position % BLOCK;
      int run = Math.min(count - done, BLOCK - within);
      blocks.get(position / BLOCK).copy(within, run, out, at + done);
      done += run;
    }
  }

  /** Packs the voxels of a file as they are read. */
  static PackedVoxels of(VoxelStream in) {
    NiftiHeader header = in.header();
    Builder builder = new Builder(header.grid(), header.slope(), header.intercept());
    for (int count = in.readStored(BLOCK); count > 0; count = in.readStored(BLOCK)) {
      builder.add(in.stored(), count);
    }
    return builder.build();
  }

  private static final class Builder {
    private final Grid grid;
    private final double slope;
    private final double intercept;
    private final List<Block> blocks = new ArrayList<>();

    /** Of voxels that are {@code stored * slope + intercept}. */
    Builder(Grid grid, double slope, double intercept) {
      this.grid = grid;
      this.slope = slope;
      this.intercept = intercept;
    }

    /**
     * Adds the next block.
     *
     * @param stored numbers as they are in the file
     * @param count {@value #BLOCK}, but for the last block
     */
    void add(double[] stored, int count) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      boolean whole = true;
      for (int i = 0; i < count && whole; i++) {
        whole = stored[i] == Math.rint(stored[i]);
        low = Math.min(low, stored[i]);
        high = Math.max(high, stored[i]);
      }
      if (whole && low >= 0 && high <= 255) {
        blocks.add(bytes(stored, count));
      } else if (whole && low >= Short.MIN_VALUE && high <= Short.MAX_VALUE) {
        blocks.add(shorts(stored, count));
      } else {
        blocks.add(floats(stored, count));
      }
    }

    PackedVoxels build() {
      return new PackedVoxels(grid, blocks);
    }

    private boolean scaled() {
      return slope != 1 || intercept != 0;
    }

    private float value(double stored) {
      return (float) (stored * slope + intercept);
    }

    private Block bytes(double[] stored, int count) {
      byte[] packed = new byte[count];
      for (int i = 0; i < count; i++) {
        packed[i] = (byte) (int) stored[i];
      }
      if (scaled()) {
        return (from, run, out, at) -> {
          for (int i = 0; i < run; i++) {
            out[at + i] = value(Byte.toUnsignedInt(packed[from + i]));
          }
        };
      }
      return (from, run, out, at) -> {
        for (int i = 0; i < run; i++) {
          out[at + i] = Byte.toUnsignedInt(packed[from + i]);
        }
      };
    }

    private Block shorts(double[] stored, int count) {
      short[] packed = new short[count];
      for (int i = 0; i < count; i++) {
        packed[i] = (short) stored[i];
      }
      if (scaled()) {
        return (from, run, out, at) -> {
          for (int i = 0; i < run; i++) {
            out[at + i] = value(packed[from + i]);
          }
        };
      }
      return (from, run, out, at) -> {
        for (int i = 0; i < run; i++) {
          out[at + i] = packed[from + i];
        }
      };
    }

    private Block floats(double[] stored, int count) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = scaled() ? value(stored[i]) : (float) stored[i];
      }
      return (from, run, out, at) -> System.arraycopy(values, from, out, at, run);
    }
  }
}
