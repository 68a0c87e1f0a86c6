package org.mskd.fingerprint;

import org.mskd.volume.Grid;

/** Statistics of one class of a label. */
final class OrganStatistics {
  private static final double MM3_PER_ML = 1000;

  private final String organ;
  private final int wanted;
  private final Grid grid;
  private final double[] position = new double[3];
  private long voxels;
  private int slices;
  private int largest;
  private double sum;
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;

  OrganStatistics(String organ, int wanted, Grid grid) {
    this.organ = organ;
    this.wanted = wanted;
    this.grid = grid;
  }

  void add(int z, float[] image, float[] classes) {
    int count = 0;
    for (int y = 0, i = 0; y < grid.ny(); y++) {
      for (int x = 0; x < grid.nx(); x++, i++) {
        if (classes[i] == wanted) {
          count++;
          position[0] += x;
          position[1] += y;
          sum += image[i];
          minimum = Math.min(minimum, image[i]);
          maximum = Math.max(maximum, image[i]);
        }
      }
    }
    position[2] += (double) count * z;
    voxels += count;
    slices += count > 0 ? 1 : 0;
    largest = Math.max(largest, count);
  }

  OrganFingerprint result(BodyBox body, double pixelMm) {
    if (voxels == 0) {
      return OrganFingerprint.absent(organ);
    }
    double area = grid.spacing(0) * grid.spacing(1);
    return new OrganFingerprint(
        organ,
        voxels,
        slices,
        voxels * area * grid.spacing(2) / MM3_PER_ML,
        sum / voxels,
        minimum,
        maximum,
        body.relative(0, position[0] / voxels),
        body.relative(1, position[1] / voxels),
        body.relative(2, position[2] / voxels),
        largest * area / (pixelMm * pixelMm));
  }
}
