package org.mskd.fingerprint;

/**
 * One organ in a scan's label. Without voxels, all other components are 0.
 *
 * @param organ its name
 * @param voxels how many voxels it has
 * @param slices in how many axial slices of the scan it is seen
 * @param volumeMl its volume, ml
 * @param meanHu mean of the scan's voxels in it
 * @param minimumHu the smallest of them
 * @param maximumHu the largest of them
 * @param right where its centre lies: 0 is the middle of the body, 0.5 the body's right side, -0.5
 *     its left side
 * @param front likewise, 0.5 is the front
 * @param head likewise, 0.5 is the last axial slice
 * @param largestPixels area of the largest of its axial slices, in pixels of the prepared slices
 */
public record OrganFingerprint(
    String organ,
    long voxels,
    int slices,
    double volumeMl,
    double meanHu,
    double minimumHu,
    double maximumHu,
    double right,
    double front,
    double head,
    double largestPixels) {
  /** An organ that the label does not show. */
  static OrganFingerprint absent(String organ) {
    return new OrganFingerprint(organ, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
