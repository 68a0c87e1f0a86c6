package org.mskd.report.picture;

import java.util.List;

/**
 * A slice that is shown.
 *
 * @param z its position in canonical orientation, 0 at the feet
 * @param organs the classes that are largest in it
 * @param why what it shows: {@code liver}, or {@code liver, spleen}
 */
public record ChosenSlice(int z, List<Integer> organs, String why) {
  public ChosenSlice {
    organs = List.copyOf(organs);
  }
}
