package org.mskd.discovery;

import java.nio.file.Path;
import java.util.List;

/**
 * A test set.
 *
 * @param directory the folder of its {@code imagesTs} and {@code labelsTs}
 * @param organs the values of each organ, in the order of the values
 * @param background the values in its labels that mean none of the organs, ascending
 * @param ignored the values whose voxels are left out of the scores, ascending
 * @param scans number of labels
 * @param remarks what was assumed or found to differ
 */
public record FoundTest(
    Path directory,
    List<OrganValues> organs,
    List<Integer> background,
    List<Integer> ignored,
    int scans,
    List<Remark> remarks) {
  public FoundTest {
    organs = List.copyOf(organs);
    background = List.copyOf(background);
    ignored = List.copyOf(ignored);
    remarks = List.copyOf(remarks);
  }
}
