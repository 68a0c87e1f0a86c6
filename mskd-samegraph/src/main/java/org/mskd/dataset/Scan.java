package org.mskd.dataset;

import java.util.Optional;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Voxels;

/**
 * A subject that is read and checked. Image and label are in the order of their own files, which
 * may differ; their canonical grids are the same.
 *
 * @param subject its files
 * @param image HU
 * @param classes class indices, 0 is background; empty without a label
 */
public record Scan(Subject subject, Voxels image, Optional<ClassMap> classes) {
  /** Equal for two files that hold the same scan, as {@link PreparedSubject#voxelDigest}. */
  public String voxelDigest() {
    return VoxelDigest.of(image);
  }

  /** How many voxels are of a class; 0 without a label. */
  public int count(int wanted) {
    int count = 0;
    if (classes.isPresent()) {
      for (byte c : classes.get().classes()) {
        count += Byte.toUnsignedInt(c) == wanted ? 1 : 0;
      }
    }
    return count;
  }
}
