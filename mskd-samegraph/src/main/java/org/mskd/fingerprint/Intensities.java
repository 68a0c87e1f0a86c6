package org.mskd.fingerprint;

/**
 * The values of a scan's voxels, which are expected to be HU.
 *
 * @param minimum the smallest value
 * @param maximum the largest value
 * @param shareBelowMinus30 share of voxels below -30: air and fat in CT, 0 to 1
 * @param share0To100 share of voxels from 0 to 100: organs and muscle in CT
 * @param share1024To1124 of the voxels of 994 and more, the share from 1024 to 1124: organs and
 *     muscle among all that is neither air nor fat, where 1024 was added to all voxels, as in files
 *     that lack the rescale intercept of DICOM; 0 without such voxels
 * @param whole whether all values are whole numbers
 */
public record Intensities(
    double minimum,
    double maximum,
    double shareBelowMinus30,
    double share0To100,
    double share1024To1124,
    boolean whole) {
  /** Whether all voxels have the same value. */
  public boolean constant() {
    return minimum == maximum;
  }
}
