package org.mskd.dataset;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mskd.experiment.Preprocessing;
import org.mskd.fingerprint.ScanFingerprint;

/**
 * How one subject was prepared; the header of its slice store, and part of a model's provenance.
 *
 * @param id the subject
 * @param image its image in the data set's folder, such as {@code imagesTr/abd01.nii.gz}
 * @param voxelDigest SHA-256 of the decoded voxels in canonical order, to find a patient again
 *     whatever the file's name, type or orientation
 * @param orientation the file's axis order, such as LPS
 * @param sourceDimensions the file's voxel counts, in its own order
 * @param sourceSpacing the file's mm between voxels, in its own order
 * @param preprocessing the settings
 * @param geometry how the slices lie in the volume
 * @param labelled whether the store holds label slices
 * @param annotatedSlices the slices that show the organ, ascending; empty where not labelled
 * @param fingerprint what the scan looks like; empty for slices that were not made from a scan
 */
public record PreparedSubject(
    String id,
    String image,
    String voxelDigest,
    String orientation,
    List<Integer> sourceDimensions,
    List<Double> sourceSpacing,
    Preprocessing preprocessing,
    SliceGeometry geometry,
    boolean labelled,
    List<Integer> annotatedSlices,
    Optional<ScanFingerprint> fingerprint) {
  public PreparedSubject {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(voxelDigest, "voxelDigest");
    Objects.requireNonNull(orientation, "orientation");
    Objects.requireNonNull(preprocessing, "preprocessing");
    Objects.requireNonNull(fingerprint, "fingerprint");
    sourceDimensions = List.copyOf(sourceDimensions);
    sourceSpacing = List.copyOf(sourceSpacing);
    annotatedSlices = List.copyOf(annotatedSlices);
    int previous = -1;
    for (int slice : annotatedSlices) {
      if (slice <= previous || slice >= geometry.slices() || !labelled) {
        throw new IllegalArgumentException("annotated slices " + annotatedSlices);
      }
      previous = slice;
    }
  }

  /** A subject without a fingerprint. */
  public PreparedSubject(
      String id,
      String image,
      String voxelDigest,
      String orientation,
      List<Integer> sourceDimensions,
      List<Double> sourceSpacing,
      Preprocessing preprocessing,
      SliceGeometry geometry,
      boolean labelled,
      List<Integer> annotatedSlices) {
    this(
        id,
        image,
        voxelDigest,
        orientation,
        sourceDimensions,
        sourceSpacing,
        preprocessing,
        geometry,
        labelled,
        annotatedSlices,
        Optional.empty());
  }
}
