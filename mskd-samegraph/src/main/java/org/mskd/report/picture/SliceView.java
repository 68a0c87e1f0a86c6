package org.mskd.report.picture;

import org.mskd.volume.Grid;

/**
 * Axial slices as pictures: square pixels, in radiological orientation, which is seen from the
 * feet: the patient's right is on the left, the front at the top.
 */
final class SliceView {
  private final int nx;
  private final int ny;
  private final PlaneBox box;
  private final int width;
  private final int height;

  /**
   * @param canonical the scan's grid in canonical orientation (RAS+)
   * @param box the part of a slice that is shown
   * @param longest the longer side of a picture, pixels; larger slices are reduced to it, smaller
   *     ones are not enlarged
   */
  SliceView(Grid canonical, PlaneBox box, int longest) {
    this.nx = canonical.nx();
    this.ny = canonical.ny();
    this.box = box;
    double widthMm = box.width() * canonical.spacing(0);
    double heightMm = box.height() * canonical.spacing(1);
    double pixelMm =
        Math.max(
            Math.min(canonical.spacing(0), canonical.spacing(1)),
            Math.max(widthMm, heightMm) / longest);
    this.width = (int) Math.max(1, Math.round(widthMm / pixelMm));
    this.height = (int) Math.max(1, Math.round(heightMm / pixelMm));
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /**
   * The intensities of a picture: each pixel is the mean of the voxels that it covers.
   *
   * @param plane {@code [ny][nx]}, HU
   * @return {@code [height][width]}
   */
  float[] intensities(float[] plane) {
    float[] picture = new float[width * height];
    for (int row = 0; row < height; row++) {
      int fromY = box.y() + from(height - 1 - row, box.height(), height);
      int toY = box.y() + to(height - 1 - row, box.height(), height);
      for (int column = 0; column < width; column++) {
        int fromX = box.x() + from(width - 1 - column, box.width(), width);
        int toX = box.x() + to(width - 1 - column, box.width(), width);
        double sum = 0;
        for (int y = fromY; y < toY; y++) {
          for (int x = fromX; x < toX; x++) {
            sum += plane[y * nx + x];
          }
        }
        picture[row * width + column] = (float) (sum / ((toY - fromY) * (toX - fromX)));
      }
    }
    return picture;
  }

  /**
   * The classes of a picture: each pixel has the class of the voxel at its centre.
   *
   * @param classes {@code [nz][ny][nx]}
   * @param z which slice
   * @return {@code [height][width]}
   */
  byte[] classes(byte[] classes, int z) {
    byte[] picture = new byte[width * height];
    for (int row = 0; row < height; row++) {
      int line = (z * ny + box.y() + centre(height - 1 - row, box.height(), height)) * nx;
      for (int column = 0; column < width; column++) {
        picture[row * width + column] =
            classes[line + box.x() + centre(width - 1 - column, box.width(), width)];
      }
    }
    return picture;
  }

  private static int from(int pixel, int voxels, int pixels) {
    return (int) ((long) pixel * voxels / pixels);
  }

  private static int to(int pixel, int voxels, int pixels) {
    int end = (int) (((long) (pixel + 1) * voxels + pixels - 1) / pixels);
    return Math.max(from(pixel, voxels, pixels) + 1, Math.min(voxels, end));
  }

  private static int centre(int pixel, int voxels, int pixels) {
    return Math.min(voxels - 1, (int) ((2L * pixel + 1) * voxels / (2L * pixels)));
  }
}
