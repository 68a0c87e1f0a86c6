package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Voxel by voxel through world space: which canonical voxel lies where a file's voxel does. */
class FileOrderTest {
  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  private static Grid file(int[] order, int flips, int nx, int ny, int nz) {
    double[] rows = new double[12];
    for (int axis = 0; axis < 3; axis++) {
      double step = axis + 1.0;
      rows[order[axis] * 4 + axis] = (flips >> axis & 1) == 0 ? step : -step;
      rows[axis * 4 + 3] = 10 * axis;
    }
    return new Grid(nx, ny, nz, Affine.of(rows));
  }

  /** The bytes in the file's order; distinct neighbours, also across blocks. */
  private static byte[] inFile(Grid file, Grid canonical, byte[] voxels) {
    byte[] expected = new byte[file.size()];
    double[] origin = canonical.affine().apply(0, 0, 0);
    for (int i = 0; i < expected.length; i++) {
      int row = i / file.nx();
      int plane = row / file.ny();
      double[] world = file.affine().apply(i % file.nx(), row % file.ny(), plane);
      int[] index = new int[3];
      for (int axis = 0; axis < 3; axis++) {
        index[axis] = (int) Math.round((world[axis] - origin[axis]) / canonical.spacing(axis));
      }
      expected[i] = voxels[canonical.index(index[0], index[1], index[2])];
    }
    return expected;
  }

  @Test
  void allFortyEightOrders() {
    long seed = 5;
    Set<String> codes = new HashSet<>();
    for (int[] order : ORDERS) {
      for (int flips = 0; flips < 8; flips++) {
        // Longer than a block along every axis in turn.
        Grid file = file(order, flips, 70, 67, 131);
        Grid canonical = Orientation.canonical(file);
        byte[] voxels = new byte[file.size()];
        new SplittableRandom(seed).nextBytes(voxels);
        byte[] expected = inFile(file, canonical, voxels);
        FileOrder reader = new FileOrder(new ClassMap(canonical, voxels), file);
        byte[] read = new byte[file.size()];
        byte[] block = new byte[5000]; // no divisor of a plane
        for (int at = 0; at < read.length; at += block.length) {
          int count = Math.min(block.length, read.length - at);
          reader.copy(at, count, block);
          System.arraycopy(block, 0, read, at, count);
        }
        String code = Orientation.of(file.affine()).code();
        assertArrayEquals(expected, read, code + ", seed " + seed);
        codes.add(code);
      }
    }
    assertEquals(48, codes.size());
  }

  @Test
  void oneVoxelAndPiecesThatEndAnywhere() {
    Grid one = file(ORDERS[3], 5, 1, 1, 1);
    byte[] out = new byte[1];
    new FileOrder(new ClassMap(Orientation.canonical(one), new byte[] {9}), one).copy(0, 1, out);
    assertEquals(9, out[0]);
    Grid file = file(ORDERS[4], 3, 5, 3, 4);
    Grid canonical = Orientation.canonical(file);
    byte[] voxels = new byte[60];
    for (int i = 0; i < 60; i++) {
      voxels[i] = (byte) i;
    }
    byte[] expected = inFile(file, canonical, voxels);
    for (int from = 0; from < 60; from++) {
      for (int count = 1; count <= 60 - from; count++) {
        byte[] part = new byte[count];
        new FileOrder(new ClassMap(canonical, voxels), file).copy(from, count, part);
        for (int i = 0; i < count; i++) {
          assertEquals(expected[from + i], part[i]);
        }
      }
    }
  }
}
