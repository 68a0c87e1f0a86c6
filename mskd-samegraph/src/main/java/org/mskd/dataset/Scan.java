package org.mskd.dataset;

import java.util.Optional;
import org.mskd.volume.Grid;
import org.mskd.volume.Volume;

/**
 * A subject that is read and checked.
 *
 * @param subject its files
 * @param source the image's grid in the file's own order
 * @param image HU in canonical orientation
 * @param classes class indices on the image's canonical grid, 0 is background; empty without a
 *     label
 */
public record Scan(Subject subject, Grid source, Volume image, Optional<Volume> classes) {
  /** How many voxels are of a class; 0 without a label. */
  public int count(int wanted) {
    int count = 0;
    if (classes.isPresent()) {
      for (float value : classes.get().voxels()) {
        count += value == wanted ? 1 : 0;
      }
    }
    return count;
  }
}
