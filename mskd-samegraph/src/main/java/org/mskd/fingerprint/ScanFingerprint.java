package org.mskd.fingerprint;

import java.util.List;
import java.util.Objects;

/**
 * What a scan looks like. It holds no path and no time.
 *
 * @param image the image in its folder, such as {@code imagesTr/abd01.nii.gz}
 * @param dimensions the file's voxel counts, in its own order
 * @param spacing the file's mm between voxels, in its own order
 * @param orientation the file's axis order, such as LPS
 * @param geometry the scan in canonical orientation
 * @param intensities the values of its voxels
 * @param organs the organs that its label may show, in the order of its classes; empty without one
 * @param profile tissue of each slice
 * @param thumbnail the scan in a few cells
 */
public record ScanFingerprint(
    String image,
    List<Integer> dimensions,
    List<Double> spacing,
    String orientation,
    ScanGeometry geometry,
    Intensities intensities,
    List<OrganFingerprint> organs,
    SliceProfile profile,
    Thumbnail thumbnail) {
  public ScanFingerprint {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(orientation, "orientation");
    Objects.requireNonNull(geometry, "geometry");
    Objects.requireNonNull(intensities, "intensities");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(thumbnail, "thumbnail");
    dimensions = List.copyOf(dimensions);
    spacing = List.copyOf(spacing);
    organs = List.copyOf(organs);
  }
}
