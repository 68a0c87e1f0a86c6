package org.mskd.fingerprint;

import org.mskd.volume.Grid;

/**
 * Spacing and field of view of a scan in canonical orientation.
 *
 * @param inPlaneMm the larger distance of neighbouring voxels within an axial slice, mm
 * @param sliceMm distance of neighbouring axial slices, mm
 * @param fieldMm the longer side of an axial slice, mm
 */
public record ScanGeometry(double inPlaneMm, double sliceMm, double fieldMm) {
  /** Of a grid in canonical orientation. */
  public static ScanGeometry of(Grid canonical) {
    double x = canonical.spacing(0);
    double y = canonical.spacing(1);
    return new ScanGeometry(
        Math.max(x, y), canonical.spacing(2), Math.max(x * canonical.nx(), y * canonical.ny()));
  }
}
