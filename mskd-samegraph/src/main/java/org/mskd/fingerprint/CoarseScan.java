package org.mskd.fingerprint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mskd.volume.Grid;

/** A coarse copy of a scan's tissue, at most {@value #MOST} cells a side, and its body. */
final class CoarseScan {
  private static final int MOST = 64;

  /** Above fat, below water: what is counted to find the body. */
  private static final float SOFT = -30;

  private final int[] extents;
  private final int[] cells = new int[3];
  private final double[] sums;
  private final long[][] tissue = new long[3][];

  /** Cell of each column of a plane. */
  private final int[] columnCells;

  CoarseScan(Grid grid) {
    this.extents = new int[] {grid.nx(), grid.ny(), grid.nz()};
    for (int axis = 0; axis < 3; axis++) {
      cells[axis] = Math.min(MOST, extents[axis]);
      tissue[axis] = new long[extents[axis]];
    }
    this.sums = new double[cells[0] * cells[1] * cells[2]];
    this.columnCells = new int[extents[0]];
    Arrays.setAll(columnCells, x -> cell(0, x));
  }

  private int cell(int axis, int position) {
    return (int) ((long) position * cells[axis] / extents[axis]);
  }

  void add(int z, float[] plane) {
    long[] columns = tissue[0];
    int soft = 0;
    for (int y = 0, i = 0; y < extents[1]; y++) {
      int row = cells[0] * (cell(1, y) + cells[1] * cell(2, z));
      int inRow = 0;
      for (int x = 0; x < columns.length; x++, i++) {
        float value = plane[i];
        sums[row + columnCells[x]] += Tissue.weight(value);
        int isSoft = value > SOFT ? 1 : 0;
        inRow += isSoft;
        columns[x] += isSoft;
      }
      tissue[1][y] += inRow;
      soft += inRow;
    }
    tissue[2][z] += soft;
  }

  BodyBox body() {
    return BodyBox.of(tissue);
  }

  Thumbnail thumbnail(BodyBox body) {
    int side = Thumbnail.SIDE;
    double[][][] overlaps = new double[3][][];
    for (int axis = 0; axis < 3; axis++) {
      overlaps[axis] = overlaps(axis, body);
    }
    List<Integer> means = new ArrayList<>();
    for (int n = 0; n < side * side * side; n++) {
      double mean =
          mean(overlaps[0][n % side], overlaps[1][n / side % side], overlaps[2][n / side / side]);
      means.add((int) Math.round(mean));
    }
    return new Thumbnail(means);
  }

  /** How much of each coarse cell lies in each of the thumbnail's cells, as parts of the latter. */
  private double[][] overlaps(int axis, BodyBox body) {
    double[][] overlaps = new double[Thumbnail.SIDE][cells[axis]];
    double length = (double) (body.to()[axis] - body.from()[axis]) / Thumbnail.SIDE;
    for (int n = 0; n < Thumbnail.SIDE; n++) {
      double from = body.from()[axis] + n * length;
      for (int c = 0; c < cells[axis]; c++) {
        double first = first(axis, c);
        double next = first(axis, c + 1);
        double common = Math.min(next, from + length) - Math.max(first, from);
        // sums are of whole cells, so each counts by its mean
        overlaps[n][c] = Math.max(0, common) / length / (next - first);
      }
    }
    return overlaps;
  }

  /** The first voxel of a cell. */
  private int first(int axis, int cell) {
    return (int) (((long) cell * extents[axis] + cells[axis] - 1) / cells[axis]);
  }

  private double mean(double[] alongX, double[] alongY, double[] alongZ) {
    double mean = 0;
    for (int z = 0; z < cells[2]; z++) {
      for (int y = 0; y < cells[1]; y++) {
        double weight = alongZ[z] * alongY[y];
        if (weight > 0) {
          int row = cells[0] * (y + cells[1] * z);
          for (int x = 0; x < cells[0]; x++) {
            mean += weight * alongX[x] * sums[row + x];
          }
        }
      }
    }
    return mean;
  }
}
