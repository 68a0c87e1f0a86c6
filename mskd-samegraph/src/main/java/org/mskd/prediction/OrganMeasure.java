package org.mskd.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.volume.CanonicalPlanes;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Voxels;

/**
 * An organ in one prediction.
 *
 * @param organ the organ
 * @param voxels how many voxels are predicted as it
 * @param volumeMl their volume, ml
 * @param meanHu mean of the scan's values in them, HU; empty without voxels
 */
public record OrganMeasure(String organ, long voxels, double volumeMl, Optional<Double> meanHu) {
  /** mm³ in a ml. */
  private static final double CUBIC_MM = 1000;

  /**
   * Measures all organs.
   *
   * @param organs of classes 1..K
   * @param canonical classes on the scan's canonical grid
   * @param scan the scan's voxels, HU
   */
  public static List<OrganMeasure> of(List<String> organs, ClassMap canonical, Voxels scan) {
    long[] counts = new long[organs.size() + 1];
    double[] sums = new double[counts.length];
    CanonicalPlanes planes = new CanonicalPlanes(scan);
    float[] plane = new float[planes.area()];
    for (int z = 0; z < planes.grid().nz(); z++) {
      planes.plane(z, plane);
      int from = z * plane.length;
      for (int i = 0; i < plane.length; i++) {
        int c = canonical.classes()[from + i];
        counts[c]++;
        sums[c] += plane[i];
      }
    }
    double voxelMl = Math.abs(scan.grid().affine().determinant()) / CUBIC_MM;
    List<OrganMeasure> measures = new ArrayList<>();
    for (int c = 1; c < counts.length; c++) {
      Optional<Double> mean = counts[c] == 0 ? Optional.empty() : Optional.of(sums[c] / counts[c]);
      measures.add(new OrganMeasure(organs.get(c - 1), counts[c], counts[c] * voxelMl, mean));
    }
    return measures;
  }
}
