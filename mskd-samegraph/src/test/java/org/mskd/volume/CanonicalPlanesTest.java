package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanonicalPlanesTest {
  private static final int[][] AXES = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  @TempDir private Path folder;

  /** All 48 axis orders and directions, against the position of each voxel in the world. */
  @Test
  void everyOrientationGivesTheVoxelOfTheSamePlace() {
    int[] extents = {5, 4, 35};
    for (int[] axes : AXES) {
      for (int flips = 0; flips < 8; flips++) {
        Volume stored = stored(extents, axes, flips);
        CanonicalPlanes planes = new CanonicalPlanes(stored);
        assertEquals(extents[0], planes.grid().nx());
        assertEquals(extents[1], planes.grid().ny());
        float[] plane = new float[planes.area()];
        // Twice, forwards and backwards: planes may be asked for in any order.
        for (int n = 0; n < 2 * extents[2]; n++) {
          int z = n < extents[2] ? n : 2 * extents[2] - 1 - n;
          planes.plane(z, plane);
          for (int i = 0; i < plane.length; i++) {
            float expected = 10_000 + 1000 * (i % extents[0]) + 100 * (i / extents[0]) + z;
            assertEquals(expected, plane[i], Arrays.toString(axes) + flips + " plane " + z);
          }
        }
      }
    }
  }

  /** A voxel's value says where it lies in the world: 1000 x + 100 y + z + 10000. */
  private static Volume stored(int[] extents, int[] axes, int flips) {
    double[] rows = new double[12];
    int[] size = new int[3];
    for (int file = 0; file < 3; file++) {
      int world = axes[file];
      boolean flip = (flips >> file & 1) == 1;
      size[file] = extents[world];
      rows[world * 4 + file] = flip ? -1 : 1;
      rows[world * 4 + 3] = flip ? extents[world] - 1 : 0;
    }
    Grid grid = new Grid(size[0], size[1], size[2], Affine.of(rows));
    float[] voxels = new float[grid.size()];
    for (int k = 0; k < size[2]; k++) {
      for (int j = 0; j < size[1]; j++) {
        for (int i = 0; i < size[0]; i++) {
          double[] at = grid.affine().apply(i, j, k);
          voxels[grid.index(i, j, k)] = (float) (10_000 + 1000 * at[0] + 100 * at[1] + at[2]);
        }
      }
    }
    return new Volume(grid, voxels);
  }

  /** Every voxel type, scaled and not, equals the unpacked volume to the bit. */
  @Test
  void packedVoxelsAreExact() throws IOException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    Grid grid = new Grid(37, 23, 21, Affine.scaling(1, 1, 2));
    for (VoxelType type : VoxelType.values()) {
      for (double slope : new double[] {1, 0.37}) {
        Path file = folder.resolve(type + "-" + slope + ".nii");
        float[] voxels = new float[grid.size()];
        for (int i = 0; i < voxels.length; i++) {
          // The first block is small, the second wide, the third fractions where the type has any.
          int range = i < PackedVoxels.BLOCK || type.bytes() == 1 ? 100 : 30_000;
          voxels[i] = random.nextInt(type.holds(-1) ? -range : 0, range);
          if (i > 2 * PackedVoxels.BLOCK && type.holds(0.5f)) {
            voxels[i] += (float) random.nextDouble();
          }
        }
        NiftiWriter.write(file, new Volume(grid, voxels), type);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header.putFloat(112, (float) slope).putFloat(116, slope == 1 ? 0 : -1024.5f);
        Files.write(file, bytes);
        float[] packed = new float[grid.size()];
        PackedVoxels all = NiftiReader.readPacked(file);
        int run = random.nextInt(1, 20_000);
        for (int from = 0; from < packed.length; from += run) {
          all.copy(from, Math.min(run, packed.length - from), packed, from);
        }
        String message = type + ", slope " + slope + ", seed " + seed;
        assertArrayEquals(NiftiReader.read(file).voxels(), packed, message);
      }
    }
  }
}
