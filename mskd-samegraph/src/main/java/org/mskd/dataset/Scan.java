package org.mskd.dataset;

import org.mskd.volume.Grid;
import org.mskd.volume.Volume;

/**
 * A subject that is read and checked.
 *
 * @param subject where it came from
 * @param source the image's grid in the file's own order
 * @param image HU in canonical orientation
 * @param classes class indices on the image's canonical grid, 0 is background
 */
public record Scan(Subject subject, Grid source, Volume image, Volume classes) {
  /** How many voxels are of a class. */
  public int count(int wanted) {
    int count = 0;
    for (float value : classes.voxels()) {
      count += value == wanted ? 1 : 0;
    }
    return count;
  }
}
