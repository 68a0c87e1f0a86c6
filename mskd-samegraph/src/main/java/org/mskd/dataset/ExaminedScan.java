package org.mskd.dataset;

import java.util.Objects;
import java.util.Optional;
import org.mskd.fingerprint.ScanFingerprint;

/**
 * A subject that was read, whether or not it can be used.
 *
 * @param id the subject
 * @param image its image in its folder
 * @param fingerprint what the scan looks like; empty where it cannot be used
 * @param voxelDigest as in {@link PreparedSubject}; empty where it cannot be used
 */
public record ExaminedScan(
    String id, String image, Optional<ScanFingerprint> fingerprint, String voxelDigest) {
  public ExaminedScan {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(voxelDigest, "voxelDigest");
  }
}
