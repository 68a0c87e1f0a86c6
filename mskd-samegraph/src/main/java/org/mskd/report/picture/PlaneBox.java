package org.mskd.report.picture;

import org.mskd.volume.CanonicalPlanes;

/**
 * A rectangle of axial slices, voxels.
 *
 * @param x first column
 * @param y first row
 * @param width columns
 * @param height rows
 */
record PlaneBox(int x, int y, int width, int height) {
  /** Between air and fat. */
  private static final float BODY_HU = -300;

  /** A row or column belongs to the body if this part of it is not air. */
  private static final double LEAST_PART = 0.05;

  /** Part of the slice that is added on each side. */
  private static final double MARGIN = 0.02;

  /** Every so many slices are looked at. */
  private static final int STEP = 4;

  /** The smallest rectangle that holds the body; the whole slice where there is no body. */
  static PlaneBox ofBody(CanonicalPlanes planes) {
    int nx = planes.grid().nx();
    int ny = planes.grid().ny();
    boolean[] columns = new boolean[nx];
    boolean[] rows = new boolean[ny];
    float[] plane = new float[planes.area()];
    for (int z = 0; z < planes.grid().nz(); z += STEP) {
      planes.plane(z, plane);
      mark(plane, columns, rows);
    }
    if (first(columns) < 0 || first(rows) < 0) {
      return new PlaneBox(0, 0, nx, ny);
    }
    int left = Math.max(0, first(columns) - margin(nx));
    int top = Math.max(0, first(rows) - margin(ny));
    int right = Math.min(nx, last(columns) + 1 + margin(nx));
    int bottom = Math.min(ny, last(rows) + 1 + margin(ny));
    return new PlaneBox(left, top, right - left, bottom - top);
  }

  private static int margin(int voxels) {
    return (int) (MARGIN * voxels);
  }

  private static void mark(float[] plane, boolean[] columns, boolean[] rows) {
    int[] inColumn = new int[columns.length];
    for (int y = 0, i = 0; y < rows.length; y++) {
      int inRow = 0;
      for (int x = 0; x < columns.length; x++, i++) {
        if (plane[i] > BODY_HU) {
          inRow++;
          inColumn[x]++;
        }
      }
      rows[y] |= inRow > LEAST_PART * columns.length;
    }
    for (int x = 0; x < columns.length; x++) {
      columns[x] |= inColumn[x] > LEAST_PART * rows.length;
    }
  }

  private static int first(boolean[] marked) {
    for (int i = 0; i < marked.length; i++) {
      if (marked[i]) {
        return i;
      }
    }
    return -1;
  }

  private static int last(boolean[] marked) {
    int i = marked.length - 1;
    while (!marked[i]) {
      i--;
    }
    return i;
  }
}
