package org.mskd.fingerprint;

import java.util.List;

/**
 * How much tissue each axial slice shows: equal for two files of the same scan, whatever their
 * names, types and axis orders are, and however much air around the patient each has.
 *
 * @param sliceMm mm between slices
 * @param mass of each slice from the feet on: the sum over its voxels of HU, clipped to -125..275,
 *     plus 125, times the area of a voxel in mm2
 * @param spread of each slice: mean squared distance in mm2 of the mass from its centre
 */
public record SliceProfile(double sliceMm, List<Double> mass, List<Double> spread) {
  public SliceProfile {
    mass = List.copyOf(mass);
    spread = List.copyOf(spread);
    if (mass.size() != spread.size()) {
      throw new IllegalArgumentException(mass.size() + " and " + spread.size() + " slices");
    }
  }

  /** Number of slices. */
  public int slices() {
    return mass.size();
  }
}
